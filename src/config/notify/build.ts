import type { Catalog } from "../../catalog/catalog.ts";
import { SEVERITIES, type Severity } from "../../core/alert.ts";
import { parseMatchers } from "../../core/matchers.ts";
import { MINUTE_MS } from "../../core/quantity.ts";
import type {
  ChannelConfig,
  NotifyConfig,
  QuietHours,
  ReceiverConfig,
  RouteConfig,
} from "../../notify/settings.ts";
import { pickKeys } from "../draft.ts";
import type { ChannelEntry } from "./channel-schema.ts";
import { type NotifyFile, ROUTE_DEFAULTS } from "./schema.ts";

type ReceiverEntry = NotifyFile["receivers"][number];
type RouteEntry = NonNullable<NotifyFile["routes"]>[number];

/** As Alertmanager waits; a page does not wait for company. */
const GROUP_WAIT_MS: Readonly<Record<Severity, number>> = { warning: 30_000, critical: 30_000, page: 5_000 };

const FIRST_STEP_MS = 5 * MINUTE_MS;
const STEP_MS = 15 * MINUTE_MS;

/** Builds the section of a valid file, with all defaults. */
export function buildNotify(file: NotifyFile, catalog: Catalog): NotifyConfig {
  const receivers = file.receivers.map(buildReceiver);
  return {
    channels: file.channels.map((entry) => buildChannel(entry, catalog)),
    receivers,
    routes: file.routes?.map(buildRoute) ?? defaultRoutes(receivers),
  };
}

function buildChannel(entry: ChannelEntry, catalog: Catalog): ChannelConfig {
  const kind = catalog.channels.get(entry.kind)!;
  const rate = entry.rate ?? kind.rate ?? "none";
  return {
    name: entry.name,
    kind: entry.kind,
    options: pickKeys(entry, kind.schema.shape),
    timeoutMs: entry.timeout,
    ...(rate === "none" ? {} : { rate }),
    template: defined(entry.template),
  };
}

function buildReceiver(entry: ReceiverEntry): ReceiverConfig {
  const { name, timezone, quiet_hours, enabled, channels, members, digest } = entry;
  return {
    name,
    ...(timezone === undefined ? {} : { timeZone: timezone }),
    ...(quiet_hours === undefined ? {} : { quietHours: quietHours(quiet_hours) }),
    enabled,
    channels: eachSeverity(channels, []),
    ...(digest === undefined ? {} : { digest: { everyMs: digest.every, severities: digest.severities } }),
    members,
  };
}

function buildRoute(entry: RouteEntry): RouteConfig {
  return {
    matchers: [entry.match].flat().flatMap(parseMatchers),
    ...(entry.kinds === undefined ? {} : { kinds: entry.kinds }),
    of: entry.of,
    receivers: entry.receivers,
    groupBy: entry.group_by,
    groupWaitMs: { ...GROUP_WAIT_MS, ...defined(eachSeverity(entry.group_wait)) },
    groupIntervalMs: entry.group_interval,
    repeatIntervalMs: entry.repeat_interval,
    continue: entry.continue,
    escalate: escalationSteps(entry.escalate),
  };
}

/** The steps with the times of those that have none: 5 minutes, then 15, then 15 more each. */
export function escalationSteps(steps: RouteEntry["escalate"]): RouteConfig["escalate"] {
  let before = 0;
  return steps.map(({ after, to }, index) => {
    const usual = index === 0 ? FIRST_STEP_MS : before < STEP_MS ? STEP_MS : before + STEP_MS;
    before = after ?? usual;
    return { afterMs: before, to };
  });
}

/** Without routes every alert is sent to all receivers; those in a team are reached through it. */
function defaultRoutes(receivers: readonly ReceiverConfig[]): RouteConfig[] {
  const inTeams = new Set(receivers.flatMap(({ members }) => members));
  const names = receivers.map(({ name }) => name).filter((name) => !inTeams.has(name));
  if (names.length === 0) return [];
  return [buildRoute({ ...ROUTE_DEFAULTS, receivers: names })];
}

/** A value for all severities, or a map of some, as a map of all. */
function eachSeverity<Value extends object | number>(
  given: Value | { readonly [S in Severity]?: Value | undefined } | undefined,
  missing?: Value,
): Record<Severity, Value> {
  const isMap = typeof given === "object" && !Array.isArray(given);
  const entries = SEVERITIES.map((severity) => [
    severity,
    (isMap ? (given as { readonly [S in Severity]?: Value })[severity] : given) ?? missing,
  ]);
  return Object.fromEntries(entries) as Record<Severity, Value>;
}

/** Without the keys whose value is undefined. */
function defined<Map extends object>(map: Map): { [Key in keyof Map]: Exclude<Map[Key], undefined> } {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Map]: Exclude<Map[Key], undefined> };
}

/** "22:00-07:00" -> minutes since midnight. */
function quietHours(text: string): QuietHours {
  const [from = 0, to = 0] = text.split("-").map((time) => {
    const [hours, minutes] = time.split(":").map(Number);
    return hours! * 60 + minutes!;
  });
  return { from, to };
}
