import { describe, expect, it } from "vitest";
import { summaryOf } from "../../src/cli/doctor/log-summary.ts";
import { Log } from "../../src/core/log.ts";
import { notifyOf } from "./config.ts";
import { settle, startNotifier } from "./harness.ts";

const ROUTE = `
receivers: [{ name: alice, channels: [mail, chat] }]
routes: [{ receivers: [alice], group_wait: 0s }]
`;

const DOWN = { ok: false, problem: "503", retry: true } as const;

describe("the openings of breakers", () => {
  it("are as many in the figures as in the log, also of a channel that was edited away and came back", async () => {
    const log = new Log(() => 0, "info");
    const records: string[] = [];
    log.attach(({ at, level, component, event, fields }) => {
      const timestamp = new Date(at).toISOString();
      records.push(JSON.stringify({ timestamp, level, session: "1", component, event, ...fields }));
    });
    log.logger("monitor").log("info", "start");
    const openings = new Map<string, number>();
    const parts = { log: log.logger("notify"), openings, answers: { mail: () => DOWN } };
    const config = notifyOf(ROUTE);
    const first = await startNotifier(ROUTE, parts);
    first.alarms.breach("api", "page");
    await first.run(100);
    const { channels } = config;
    first.notifier.configure({ ...config, channels: channels.filter(({ name }) => name !== "mail") });
    await first.run(10);
    first.notifier.configure(config);
    await first.run(100);
    void first.notifier.stop();
    // The section is edited away and comes back: another notifier of the same run.
    const second = await startNotifier(ROUTE, parts);
    second.alarms.breach("api", "page");
    await second.run(100);
    void second.notifier.stop();
    await settle();

    const { breakers } = summaryOf(records.join("\n"));
    const mail = breakers.get("mail (run 1)")!;
    expect(mail.logged).toBeGreaterThan(3);
    expect(mail).toEqual({ logged: mail.logged, loggedBefore: mail.logged, counted: mail.logged });
    expect(openings).toEqual(new Map([["mail", mail.logged]]));
    expect(breakers.get("chat (run 1)")).toMatchObject({ logged: 0, counted: 0 });
  });
});
