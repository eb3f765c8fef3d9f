import type { Catalog } from "../../catalog/catalog.ts";
import { SEVERITIES } from "../../core/alert.ts";
import { secretTexts } from "../../notify/secret-texts.ts";
import { fromEnv, hasReference } from "../../notify/secrets.ts";
import { pickKeys } from "../draft.ts";
import { type Path, pathText } from "../sentences.ts";
import type { ConfigProblem } from "../types.ts";
import type { YamlFile } from "../yaml-file.ts";
import type { NotifyFile } from "./schema.ts";

/** Advice on a valid section that would rarely do what is meant. */
export function notifyWarnings(
  notify: NotifyFile | undefined,
  file: YamlFile,
  catalog: Catalog,
): ConfigProblem[] {
  if (notify === undefined) return [];
  const at = (path: Path, message: string) => {
    const whole = ["notify", ...path];
    return file.problemAt(whole, `${pathText(whole)} ${message}`);
  };
  return [
    ...plainSecrets(notify, catalog).map((path) =>
      at(path, `holds a secret in plain text; use ${fromEnv("NAME")} or a reference to a file`),
    ),
    ...missingSeverities(notify).map(({ path, severities }) =>
      at(
        path,
        `names no channel for ${severities.join(" and ")}, which reaches nobody here; write [] if that is meant`,
      ),
    ),
    ...idleNames(notify).map(({ path, what }) => at(path, what)),
    ...deadRoutes(notify).map(({ path, what }) => at(path, what)),
  ];
}

function plainSecrets({ channels }: NotifyFile, catalog: Catalog): Path[] {
  return channels.flatMap((entry, index) => {
    const kind = catalog.channels.get(entry.kind)!;
    return secretTexts(kind, pickKeys(entry, kind.schema.shape))
      .filter(({ text }) => !hasReference(text))
      .map(({ path }) => ["channels", index, ...path]);
  });
}

/** Receivers with channels for some severities. */
function missingSeverities({ receivers }: NotifyFile): { path: Path; severities: string[] }[] {
  return receivers.flatMap(({ channels, members }, index) => {
    if (Array.isArray(channels) || members.length > 0) return [];
    const map = channels as Readonly<Record<string, unknown>>;
    const severities = SEVERITIES.filter((severity) => map[severity] === undefined);
    return severities.length === 0 ? [] : [{ path: ["receivers", index, "channels"], severities }];
  });
}

/** Channels and receivers that nothing uses. */
function idleNames({ channels, receivers, routes }: NotifyFile): { path: Path; what: string }[] {
  const used = new Set(receivers.flatMap((receiver) => Object.values(receiver.channels).flat()));
  const told = new Set(receivers.flatMap(({ members }) => members));
  for (const route of routes ?? []) {
    for (const name of [...route.receivers, ...route.escalate.flatMap(({ to }) => to)]) told.add(name);
  }
  const idleChannels = channels.flatMap(({ name }, index) =>
    used.has(name) ? [] : [{ path: ["channels", index], what: `"${name}" is used by no receiver` }],
  );
  const idleReceivers = receivers.flatMap(({ name }, index) =>
    routes === undefined || told.has(name)
      ? []
      : [
          {
            path: ["receivers", index],
            what: `"${name}" is named by no route and no team, so nothing is sent there`,
          },
        ],
  );
  return [...idleChannels, ...idleReceivers];
}

/** Routes that no alert reaches, and such with times that contradict each other. */
function deadRoutes({ routes = [] }: NotifyFile): { path: Path; what: string }[] {
  const last = routes.findIndex(
    (route) => !route.continue && [route.match].flat().length === 0 && route.kinds === undefined,
  );
  return routes.flatMap((route, index) => [
    ...(last >= 0 && index > last
      ? [{ path: ["routes", index], what: `is never reached: every alert ends at routes[${last}]` }]
      : []),
    ...(route.repeat_interval < route.group_interval
      ? [
          {
            path: ["routes", index, "repeat_interval"],
            what: "is shorter than group_interval, which then counts",
          },
        ]
      : []),
  ]);
}
