import { describe, expect, it } from "vitest";
import { Memory } from "../../../src/notify/routing/memory.ts";
import { type Happening, route, textsOf } from "./harness.ts";

const PAGE: readonly Happening[] = [{ at: 0, entity: "api", what: "page" }];

describe("receivers", () => {
  it("of a team are told once each, also through a team in it", () => {
    const config = `
receivers:
  - { name: ops, members: [night, alice], channels: [hook] }
  - { name: night, members: [alice, bob] }
  - { name: alice, channels: [mail] }
  - { name: bob, channels: [mail] }
routes: [{ receivers: [ops, alice], group_wait: 0s }]
`;
    expect(textsOf(route(config, PAGE, 60).told).sort()).toEqual([
      "0s firing alice mail: api page",
      "0s firing bob mail: api page",
      "0s firing ops hook: api page",
    ]);
  });

  it("that opted out are not told, and what they miss escalates", () => {
    const config = `
receivers:
  - { name: alice, enabled: false, channels: [mail] }
  - { name: bob, channels: [mail] }
routes: [{ receivers: [alice], group_wait: 0s, escalate: [{ after: 2m, to: [bob] }] }]
`;
    const { told, held } = route(config, PAGE, 600);
    expect(textsOf(told)).toEqual(["120s escalation bob mail: api page"]);
    expect(textsOf(held)).toEqual(["0s firing alice mail: api page (alice has opted out)"]);
  });

  it("get what their severity has a channel for, and the end over the same channel", () => {
    const config = `
receivers: [{ name: alice, channels: { page: [pager], warning: [mail] } }]
routes: [{ receivers: [alice], group_by: [], group_wait: 0s, group_interval: 10s }]
`;
    const happenings: Happening[] = [
      { at: 0, entity: "a", what: "warning" },
      { at: 5, entity: "b", what: "page" },
      { at: 20, entity: "a", what: "page" },
      { at: 40, entity: "a", what: "recovers" },
      { at: 40, entity: "b", what: "recovers" },
    ];
    expect(textsOf(route(config, happenings, 100).told)).toEqual([
      "0s firing alice mail: a warning",
      "5s firing alice pager: b page",
      "25s firing alice pager: a page, b page",
      "45s resolved alice mail: a resolved",
      "45s resolved alice pager: a resolved, b resolved",
    ]);
  });
});

describe("routes", () => {
  const receivers = "receivers: [{ name: alice, channels: [mail] }, { name: bob, channels: [mail] }]";

  it("of which the first that matches applies, and the next ones after a continue", () => {
    const routes = (isContinued: boolean) => `
${receivers}
routes:
  - { match: 'severity="page"', receivers: [alice], group_wait: 0s, continue: ${isContinued} }
  - { match: 'entity=~"a.*"', kinds: [service], receivers: [bob], group_wait: 0s }
`;
    const two: Happening[] = [...PAGE, { at: 0, entity: "batch", what: "warning" }];
    expect(textsOf(route(routes(false), two, 60).told)).toEqual(["0s firing alice mail: api page"]);
    expect(textsOf(route(routes(true), two, 60).told)).toEqual([
      "0s firing alice mail: api page",
      "0s firing bob mail: api page",
    ]);
  });
});

describe("escalation", () => {
  const config = `
receivers: [{ name: alice, channels: [mail] }, { name: bob, channels: [pager] }, { name: carol, channels: [pager] }]
routes: [{ receivers: [alice], group_wait: 10s, repeat_interval: 1d, escalate: [{ to: [bob] }, { to: [carol] }] }]
`;

  it("counts from the first notification, and what is resolved before is not escalated", () => {
    const happenings: Happening[] = [...PAGE, { at: 300, entity: "api", what: "recovers" }];
    expect(textsOf(route(config, happenings, 3600).told)).toEqual([
      "10s firing alice mail: api page",
      "310s resolved alice mail: api resolved",
    ]);
  });

  it("counts anew when an acknowledgement is taken back", () => {
    const happenings: Happening[] = [
      ...PAGE,
      { at: 240, entity: "api", what: "acknowledged" },
      { at: 3600, entity: "api", what: "unacknowledged" },
    ];
    expect(textsOf(route(config, happenings, 3600 * 2).told)).toEqual([
      "10s firing alice mail: api page",
      "3900s escalation bob pager: api page",
      "4500s escalation carol pager: api page",
    ]);
  });

  it("tells the end to everybody who was told of it", () => {
    const happenings: Happening[] = [...PAGE, { at: 1000, entity: "api", what: "recovers" }];
    expect(
      textsOf(route(config, happenings, 3600).told)
        .slice(3)
        .sort(),
    ).toEqual([
      "1210s resolved alice mail: api resolved",
      "1210s resolved bob pager: api resolved",
      "1210s resolved carol pager: api resolved",
    ]);
  });
});

describe("recipients that keep alerts themselves", () => {
  const channels = new Map([
    ["hook", { resend: { everyMs: 60_000, resolvedForMs: 300_000 }, acknowledgements: true }],
  ]);
  const config = `
receivers: [{ name: alertmanager, channels: [hook] }]
routes: [{ receivers: [alertmanager], group_wait: 0s, group_interval: 1s }]
`;

  it("are sent what fires every minute, and what resolved for five minutes", () => {
    const happenings: Happening[] = [...PAGE, { at: 150, entity: "api", what: "recovers" }];
    expect(textsOf(route(config, happenings, 1200, { channels }).told)).toEqual([
      "0s firing alertmanager hook: api page",
      "60s repeat alertmanager hook: api page",
      "120s repeat alertmanager hook: api page",
      "150s resolved alertmanager hook: api resolved",
      ...[210, 270, 330, 390, 450].map((at) => `${at}s repeat alertmanager hook: api resolved`),
    ]);
  });

  it("are told of an acknowledgement, and are not left alone by it", () => {
    const happenings: Happening[] = [...PAGE, { at: 30, entity: "api", what: "acknowledged" }];
    expect(textsOf(route(config, happenings, 130, { channels }).told)).toEqual([
      "0s firing alertmanager hook: api page",
      "30s acknowledged alertmanager hook: api page",
      "60s repeat alertmanager hook: api page",
      "120s repeat alertmanager hook: api page",
    ]);
  });
});

describe("after a restart", () => {
  const config = `
receivers: [{ name: alice, channels: [mail] }]
routes: [{ receivers: [alice], group_wait: 10s, escalate: [{ after: 5m, to: [alice] }] }]
`;

  /** What a first run told, as it is read back from disk. */
  function firstRun(happenings: readonly Happening[], seconds: number): Memory {
    const restored = new Memory();
    for (const change of route(config, happenings, seconds).memory.present()) {
      const [table, key, value] = JSON.parse(JSON.stringify(change));
      restored.restore(table, key, value);
    }
    return restored;
  }

  it("what fires again is not told again, and its steps go on", () => {
    const memory = firstRun(PAGE, 60);
    const again: Happening[] = [{ at: 100, entity: "api", what: "page" }];
    expect(textsOf(route(config, again, 3600, { memory, begin: 90 }).told)).toEqual([
      "310s escalation alice mail: api page",
    ]);
  });

  it("what was acknowledged is told to nobody until that is taken back", () => {
    const memory = firstRun([...PAGE, { at: 60, entity: "api", what: "acknowledged" }], 90);
    const again: Happening[] = [
      { at: 100, entity: "api", what: "page" },
      { at: 30_000, entity: "api", what: "acknowledged" },
      { at: 40_000, entity: "api", what: "unacknowledged" },
    ];
    expect(textsOf(route(config, again, 41_000, { memory, begin: 90 }).told)).toEqual([
      "40010s repeat alice mail: api page",
      "40300s escalation alice mail: api page",
    ]);
  });

  it("what was taken back before it goes on", () => {
    const memory = firstRun(
      [
        ...PAGE,
        { at: 60, entity: "api", what: "acknowledged" },
        { at: 70, entity: "api", what: "unacknowledged" },
      ],
      90,
    );
    const again: Happening[] = [{ at: 100, entity: "api", what: "page" }];
    expect(textsOf(route(config, again, 3600, { memory, begin: 90 }).told)).toEqual([
      "370s escalation alice mail: api page",
    ]);
  });

  it("what was acknowledged before anybody was told stays so", () => {
    const acknowledged: Happening[] = [...PAGE, { at: 5, entity: "api", what: "acknowledged" }];
    const memory = firstRun(acknowledged, 90);
    const again: Happening[] = [{ at: 100, entity: "api", what: "page" }];
    const { told, held } = route(config, again, 3600, { memory, begin: 90 });
    expect(textsOf(told)).toEqual([]);
    expect(textsOf(held)).toEqual(["110s firing alice mail: api page (acknowledged by bob)"]);
  });

  it("what did not fire again is told to be over, once that is known", () => {
    const memory = firstRun(PAGE, 60);
    expect(
      textsOf(
        route(config, [{ at: 500, entity: "other", what: "warning" }], 600, { memory, begin: 90 }).told,
      ),
    ).toEqual(["500s resolved alice mail: api resolved", "510s firing alice mail: other warning"]);
  });
});

describe("what flaps", () => {
  it("is not told while it does, and that it is over once it is steady", () => {
    const happenings = Array.from({ length: 40 }, (_, nth): Happening => {
      return { at: nth * 20, entity: "api", what: nth % 2 === 0 ? "critical" : "recovers" };
    });
    const lastChange = 39 * 20;
    // What was told last when it began to flap depends on the interval.
    const ends = [10, 25, 47].map((interval) => {
      const config = `
receivers: [{ name: alice, channels: [mail] }]
routes: [{ receivers: [alice], group_wait: 0s, group_interval: ${interval}s }]
`;
      const { told, held } = route(config, happenings, 4 * 3600);
      expect(held.some(({ text }) => text.includes("flapping"))).toBe(true);
      expect(told.at(-1)!.text).toBe("resolved alice mail: api resolved");
      expect(told.filter(({ at }) => at > 150 && at <= lastChange)).toEqual([]);
      return told.at(-1)!.at;
    });
    expect(Math.max(...ends)).toBeGreaterThan(lastChange + 60);
  });
});
