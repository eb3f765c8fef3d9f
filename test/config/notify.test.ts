import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { loadRegexEngine } from "../../src/core/regex.ts";
import type { NotifyConfig } from "../../src/notify/settings.ts";

const SERVICES = "services: [{ name: shop, base_latency: 5 }]\n";
const BELL = "channels: [{ name: bell, kind: terminal }]";

beforeAll(loadRegexEngine);

function result(notify: string) {
  return parseConfig(`${SERVICES}notify:\n  ${notify.trim().replaceAll("\n", "\n  ")}\n`);
}

function notifyOf(text: string): NotifyConfig {
  const parsed = result(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.config.notify!;
}

/** Problems, or warnings of a valid config, as `line:column: message`. The section begins in line 3. */
function found(text: string): string[] {
  const parsed = result(text);
  const all = parsed.ok ? (parsed.warnings ?? []) : parsed.problems;
  return all.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

describe("the section notify", () => {
  it("sends every alert to all receivers that are in no team, unless it has routes", () => {
    const { routes } = notifyOf(`${BELL}
receivers: [{ name: alice, channels: [bell] }, { name: bob, channels: [bell] }, { name: team, members: [bob] }]`);
    expect(routes).toEqual([
      {
        matchers: [],
        of: "alerts",
        receivers: ["alice", "team"],
        groupBy: ["entity"],
        groupWaitMs: { warning: 30_000, critical: 30_000, page: 5_000 },
        groupIntervalMs: 300_000,
        repeatIntervalMs: 14_400_000,
        continue: false,
        escalate: [],
      },
    ]);
  });

  it("has the same defaults with and without a written route", () => {
    const receivers = `${BELL}\nreceivers: [{ name: alice, channels: [bell] }]`;
    expect(notifyOf(`${receivers}\nroutes: [{ receivers: [alice] }]`)).toEqual(notifyOf(receivers));
  });

  it("reads a receiver", () => {
    const [alice] = notifyOf(`
channels: [{ name: bell, kind: terminal }, { name: rec, kind: file, path: /tmp/x }]
receivers:
  - { name: alice, timezone: Europe/Berlin, quiet_hours: "22:30-7:00", enabled: false,
      channels: { page: [bell, rec], critical: [], warning: [rec] }, digest: {} }`).receivers;
    expect(alice).toEqual({
      name: "alice",
      timeZone: "Europe/Berlin",
      quietHours: { from: 22 * 60 + 30, to: 7 * 60 },
      enabled: false,
      channels: { page: ["bell", "rec"], critical: [], warning: ["rec"] },
      digest: { everyMs: 900_000, severities: ["warning"] },
      members: [],
    });
  });

  it("reads matchers, waits by severity and escalation steps", () => {
    const route = (given: string) =>
      notifyOf(`${BELL}\nreceivers: [{ name: a, channels: [bell] }]\nroutes: [{ receivers: [a], ${given} }]`)
        .routes[0]!;
    expect(route(`match: ['severity="page"', 'team=~"pay.*", kind!=host']`).matchers).toEqual([
      { name: "severity", operator: "=", value: "page" },
      { name: "team", operator: "=~", value: "pay.*" },
      { name: "kind", operator: "!=", value: "host" },
    ]);
    expect(route("group_wait: 1s").groupWaitMs).toEqual({ warning: 1000, critical: 1000, page: 1000 });
    expect(route("group_wait: { critical: 1s }").groupWaitMs).toEqual({
      warning: 30_000,
      critical: 1000,
      page: 5000,
    });
    const minutes = (steps: string) =>
      route(`escalate: ${steps}`).escalate.map(({ afterMs }) => afterMs / 60_000);
    expect(minutes("[{ to: [a] }, { to: [a] }, { to: [a] }]")).toEqual([5, 15, 30]);
    expect(minutes("[{ after: 1m, to: [a] }, { to: [a] }, { after: 1h, to: [a] }, { to: [a] }]")).toEqual([
      1, 15, 60, 75,
    ]);
    expect(minutes("[{ after: 20m, to: [a] }, { to: [a] }]")).toEqual([20, 35]);
  });

  it("limits how often a person is told, and not what a machine takes, unless it says otherwise", () => {
    const rates = notifyOf(`
channels:
  - { name: a, kind: slack, url: "http://x" }
  - { name: b, kind: slack, url: "http://x", rate: 3/h }
  - { name: c, kind: slack, url: "http://x", rate: none }
  - { name: d, kind: alertmanager, urls: ["http://x"] }`).channels.map(({ rate }) => rate);
    expect(rates).toEqual([
      { count: 10, perMs: 60_000 },
      { count: 3, perMs: 3_600_000 },
      undefined,
      undefined,
    ]);
  });

  it("is left out of a config without it, and is plain data", () => {
    const parsed = parseConfig(SERVICES);
    expect(parsed.ok && "notify" in parsed.config).toBe(false);
    const notify = notifyOf(`${BELL}\nreceivers: [{ name: a, channels: [bell] }]`);
    expect(JSON.parse(JSON.stringify(notify))).toEqual(notify);
  });
});

describe("a problem of the section notify", () => {
  const A = "receivers: [{ name: a, channels: [bell] }]";
  it.each([
    [
      "channels: [{ name: bell, kind: termnal }]",
      '3:34: notify.channels[0].kind is an unknown kind: "termnal"; did you mean "terminal"?',
    ],
    [
      "channels: [{ name: b, kind: slack, url: 'http://x', usernam: x }]",
      '3:55: notify.channels[0].usernam is an unknown key; did you mean "username"?',
    ],
    [
      "channels: [{ name: b, kind: slack, url: hooks.example }]",
      "3:43: notify.channels[0].url must be an http or https URL, such as https://hooks.example/faultline",
    ],
    [
      "channels: [{ name: b, kind: slack, url: '${SLACK_URL}' }]",
      "3:43: notify.channels[0].url must name the variable as ${env:SLACK_URL}",
    ],
    [
      "channels: [{ name: b, kind: terminal, rate: 10 per minute }]",
      "3:47: notify.channels[0].rate must be a number per s, min or h, such as 10/min, or none",
    ],
    [
      "channels: [{ name: b, kind: terminal, template: { title: '{{ mesage }}' } }]",
      '3:60: notify.channels[0].template.title has no variable "mesage"; did you mean "message"?',
    ],
    [
      "channels: [{ name: b, kind: terminal, template: { body: '{{ a b }}' } }]",
      '3:59: notify.channels[0].template.body contains "{{ a b "; write a variable as {{ name }}',
    ],
    [
      `channels: [{ name: bell, kind: terminal }, { name: bell, kind: terminal }]\n${A}`,
      '3:54: notify.channels[1].name "bell" is taken by the channel in line 3; use another name',
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: [bel] }]`,
      '4:37: notify.receivers[0].channels[0] must name a channel, not "bel"; did you mean "bell"?',
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: { pge: [bell] } }]`,
      '4:38: notify.receivers[0].channels.pge is an unknown key; did you mean "page"?',
    ],
    [
      `${BELL}\nreceivers: [{ name: a }]`,
      "4:15: notify.receivers[0] reaches nobody; give it channels, or members if it is a team",
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: [bell], timezone: Europe/Berln }]`,
      "4:54: notify.receivers[0].timezone must be an IANA time zone, such as Europe/Berlin or UTC",
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: [bell], quiet_hours: 22-7 }]`,
      '4:57: notify.receivers[0].quiet_hours must be two times of day, such as "22:00-07:00"',
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: [bell], quiet_hours: "07:00-07:00" }]`,
      "4:57: notify.receivers[0].quiet_hours must end at another time than it begins",
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: [bell], digest: { severities: [page] } }]`,
      '4:67: notify.receivers[0].digest.severities[0] must be one of "warning", "critical", not "page"',
    ],
    [
      `${BELL}\nreceivers: [{ name: a, members: [a] }]`,
      "4:36: notify.receivers[0].members[0] must not be the team itself; remove this member",
    ],
    [
      `${BELL}\n${A}\nroutes: [{ receivers: [b] }]`,
      '5:26: notify.routes[0].receivers[0] must name a receiver, not "b"; did you mean "a"?',
    ],
    [`${BELL}\n${A}\nroutes: [{ receivers: [a], kinds: [servce] }]`, 'not "servce"; did you mean "service"?'],
    [
      `${BELL}\n${A}\nroutes: [{ receivers: [a], match: 'severity==page' }]`,
      'match cannot read "severity==page"; write label="value"',
    ],
    [`${BELL}\n${A}\nroutes: [{ receivers: [a], match: 'team="x' }]`, "5:37: notify.routes[0].match"],
    [`${BELL}\n${A}\nroutes: [{ receivers: [a], match: 'team=~"("' }]`, "5:37: notify.routes[0].match"],
    [
      `${BELL}\n${A}\nroutes: [{ receivers: [a], escalate: [{ after: 5m, to: [a] }, { after: 5m, to: [a] }] }]`,
      "5:74: notify.routes[0].escalate[1].after must be later than the step before",
    ],
  ])("%j has its place and says what to do", (text, problem) => {
    expect(found(text)).toEqual([expect.stringContaining(problem)]);
  });

  it("is every circle of teams, whatever else is a member", () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e");
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 5 }),
        fc.array(fc.tuple(name, name), { maxLength: 12 }),
        (names, pairs) => {
          const members = new Map<string, string[]>(
            names.map((each) => [each, pairs.filter(([from]) => from === each).map(([, to]) => to)]),
          );
          const receivers = names.map((each) => ({
            name: each,
            channels: ["bell"],
            members: members.get(each),
          }));
          const parsed = parseConfig(
            JSON.stringify({
              services: [{ name: "x", base_latency: 5 }],
              notify: { channels: [{ name: "bell", kind: "terminal" }], receivers },
            }),
          );
          // A circle exists if some name can be reached from itself.
          const reached = (from: string, seen = new Set<string>()): Set<string> => {
            for (const to of members.get(from)!) if (!seen.has(to)) reached(to, seen.add(to));
            return seen;
          };
          expect(parsed.ok).toBe(!names.some((each) => reached(each).has(each)));
        },
      ),
    );
  });
});

describe("advice on the section notify", () => {
  it.each([
    [
      "channels: [{ name: b, kind: pagerduty, routing_key: abc }]\nreceivers: [{ name: a, channels: [b] }]",
      "3:55: notify.channels[0].routing_key holds a secret in plain text; use ${env:NAME}",
    ],
    [
      "channels: [{ name: b, kind: webhook, url: 'http://x', headers: { Authorization: Bearer abc, Accept: x } }]\nreceivers: [{ name: a, channels: [b] }]",
      "notify.channels[0].headers.Authorization holds a secret",
    ],
    [
      "channels: [{ name: b, kind: webhook, url: 'http://u:pw@x' }]\nreceivers: [{ name: a, channels: [b] }]",
      "notify.channels[0].url holds a secret",
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: { page: [bell], critical: [bell] } }]`,
      "names no channel for warning",
    ],
    [
      "channels: [{ name: bell, kind: terminal }, { name: other, kind: terminal }]\nreceivers: [{ name: a, channels: [bell] }]",
      'notify.channels[1] "other" is used by no receiver',
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: [bell] }, { name: b, channels: [bell] }]\nroutes: [{ receivers: [a] }]`,
      'notify.receivers[1] "b" is named by no route',
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: [bell] }]\nroutes: [{ receivers: [a] }, { receivers: [a], match: 'team=x' }]`,
      "notify.routes[1] is never reached",
    ],
    [
      `${BELL}\nreceivers: [{ name: a, channels: [bell] }]\nroutes: [{ receivers: [a], repeat_interval: 1m }]`,
      "repeat_interval is shorter than group_interval",
    ],
  ])("%j", (text, advice) => {
    expect(result(text).ok).toBe(true);
    expect(found(text)).toEqual([expect.stringContaining(advice)]);
  });

  it("is not given on what is meant", () => {
    expect(
      found(`channels: [{ name: b, kind: pagerduty, routing_key: "\${env:KEY}" }]
receivers: [{ name: a, channels: { page: [b], critical: [b], warning: [] } }]
routes: [{ receivers: [a], match: 'severity=page', continue: true }, { receivers: [a] }]`),
    ).toEqual([]);
  });
});
