import { stringify } from "yaml";
import { exportRules, type PromExport } from "../../alerts/promql/export.ts";
import { catalog } from "../../catalog/index.ts";
import type { Config } from "../../config/types.ts";
import { printable } from "../../core/printable.ts";

const INHIBIT = [
  "A rule with several severities is one alert for each. In alertmanager.yml, so that the worst one is told alone:",
  "  inhibit_rules:",
  '    - source_matchers: [severity="page"]',
  '      target_matchers: [severity=~"warning|critical"]',
  "      equal: [alertname, entity]",
  '    - source_matchers: [severity="critical"]',
  '      target_matchers: [severity="warning"]',
  "      equal: [alertname, entity]",
];

/** The rules of a config as a rule file of Prometheus. What is different there follows as comments. */
export function exportText(config: Config, configName: string): string {
  const exported = exportRules({ ...config, ruleKinds: catalog.rules, entityKinds: catalog.entities });
  const head = [
    `The alert rules of ${configName}, written by faultline rules export --prometheus.`,
    "Each measure is a gauge in base units, with the labels of its entity: faultline_p99_seconds{entity=...,kind=...}.",
  ];
  return [comment(head), stringify(exported.file, { lineWidth: 0 }), comment(differenceLines(exported))].join(
    "",
  );
}

function differenceLines({ differences, file }: PromExport): string[] {
  const rules = [...differences].flatMap(([rule, sentences]) => [
    `${rule}:`,
    ...[...sentences].map((sentence) => `  - ${sentence}`),
  ]);
  if (rules.length === 0) return ["Every rule is in the same state in Prometheus, given the same values."];
  const severities = new Set(file.groups.flatMap(({ rules }) => rules.map(({ labels }) => labels.severity)));
  return ["What is different in Prometheus:", ...rules, ...(severities.size > 1 ? ["", ...INHIBIT] : [])];
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `${line === "" ? "#" : `# ${printable(line)}`}\n`).join("");
}
