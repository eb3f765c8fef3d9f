import { holdText } from "../../alerts/hold-text.ts";
import { isNotationProblem, parseSamples, type Sample } from "../../alerts/trial/series-notation.ts";
import { shownSample } from "../../alerts/trial/shares.ts";
import { type RuleTrial, tryRule } from "../../alerts/trial/try-rule.ts";
import { catalog } from "../../catalog/index.ts";
import { didYouMean } from "../../config/did-you-mean.ts";
import type { Config } from "../../config/types.ts";
import { durationText } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import { usageError } from "../errors.ts";

/** What `rules test RULE VALUES` was asked. */
export interface TrialRequest {
  readonly rule: string;
  /** In the notation of series. */
  readonly values: readonly string[];
  readonly kind: string | undefined;
  /** ms */
  readonly everyMs: number | undefined;
  readonly asJson: boolean;
}

/** The states of a rule over values. @throws CliError when it cannot be tried */
export function trialText(config: Config, { rule, values, kind, everyMs, asJson }: TrialRequest): string {
  const fleet = { ...config, ruleKinds: catalog.rules, entityKinds: catalog.entities };
  const name = ruleNamed(rule, config);
  if (kind !== undefined && !catalog.entities.has(kind))
    throw usageError(
      `--kind must be a kind of entity, not "${kind}"${didYouMean(kind, catalog.entities.keys())}`,
    );
  const trial = tryRule(fleet, name, samplesOf(values), { kind, everyMs });
  if (typeof trial === "string") throw usageError(trial);
  return asJson ? `${JSON.stringify(jsonOf(trial), null, 2)}\n` : textOf(trial);
}

/** The name of a rule in its own spelling; any case may be typed. */
function ruleNamed(typed: string, { rules }: Config): string {
  const found = rules.find(({ name }) => name === typed) ?? rules.find((rule) => isSame(rule.name, typed));
  if (found === undefined)
    throw usageError(
      `there is no rule "${typed}"${didYouMean(typed, new Set(rules.map(({ name }) => name)))}`,
    );
  return found.name;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function samplesOf(words: readonly string[]): readonly Sample[] {
  const samples = parseSamples(words.join(" "));
  if (isNotationProblem(samples)) throw usageError(`the list of values ${samples.message}`);
  return samples;
}

function textOf({ rule, entity, measure, everyMs, steps }: RuleTrial): string {
  const kind = catalog.rules.get(rule.kind)!;
  const target = { kind: catalog.entities.get(entity.kind)!, limits: entity.limits };
  const condition = kind.condition(rule.options, target) + holdText(kind.hold(rule.options, target));
  const head = `${rule.name}: ${condition}, on ${entity.name}, every ${durationText(everyMs)}`;
  const rows = steps.map(({ at, value, state, severity, message }) => {
    const what = severity === undefined ? state : `${state} ${severity}`;
    const cells = [
      durationText(at).padStart(8),
      shownSample(value, measure).padStart(10),
      what.padEnd(17),
      message ?? "",
    ];
    return printable(cells.join("  ")).trimEnd();
  });
  return [printable(head), `${"at".padStart(8)}  ${measure.id.padStart(10)}  state`, ...rows, ""].join("\n");
}

function jsonOf({ rule, entity, measure, everyMs, steps }: RuleTrial) {
  return {
    rule: rule.name,
    entity: entity.name,
    kind: entity.kind,
    measure: measure.id,
    every_ms: everyMs,
    steps: steps.map(({ at, value, state, severity, message }) => ({
      at_ms: at,
      value,
      state,
      severity: severity ?? null,
      message: message ?? null,
    })),
  };
}
