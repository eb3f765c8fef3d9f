import { z } from "zod";
import { VARIABLE_MAPS, VARIABLES } from "../../alerts/annotations.ts";
import type { RuleTemplate } from "../../alerts/templates/types.ts";
import type { RuleKind } from "../../alerts/types.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { levelsText } from "../../config/limits.ts";
import { ruleFields } from "../../config/rules/fields.ts";
import { durationText } from "../../core/duration.ts";
import type { EntityKind } from "../../core/entity.ts";
import type { Limits } from "../../core/measure.ts";
import type { ParamSpec, ParamSpecs } from "../../core/params.ts";
import type { AnyFaultKind } from "../../faults/types.ts";
import type { ChannelKind } from "../../notify/types.ts";
import type { SourceKind } from "../../sources/types.ts";
import { latencyModels } from "../../worlds/services/models/index.ts";
import type { AnyActionKind, WorldKind } from "../../worlds/types.ts";
import type { Group } from "./groups.ts";
import { type OptionEntry, optionsOf } from "./options.ts";
import { storeEntries } from "./store-entries.ts";

/** A metric of an entity kind. */
export interface MetricEntry {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly description: string;
}

/** A measure of an entity kind. */
export interface MeasureEntry {
  readonly id: string;
  readonly unit: string;
  readonly description: string;
  /** The default limits, in the unit of the measure. */
  readonly limits?: Limits;
  /** The default limits in config spelling. */
  readonly limits_text?: string;
  /** The alert that its limits raise by default. */
  readonly alert?: string;
}

/** One registered kind, as `describe` shows it. */
export interface KindEntry {
  readonly group: Group;
  readonly kind: string;
  readonly description: string;
  readonly options: readonly OptionEntry[];
  /** The key that selects it in the fault menu. */
  readonly key?: string;
  /** The entity kinds that a fault or action accepts, or that a world or source observes. */
  readonly entities?: readonly string[];
  readonly metrics?: readonly MetricEntry[];
  readonly measures?: readonly MeasureEntry[];
  /** The default template of a channel: title and body. */
  readonly template?: readonly string[];
  /** A config section that uses it. */
  readonly example?: Readonly<Record<string, unknown>>;
}

/** All registered kinds, in the order of GROUPS. */
export function allKinds(catalog: Catalog): KindEntry[] {
  return [
    ...[...catalog.worlds.values()].map(worldEntry),
    ...[...catalog.sources.values()].map(sourceEntry),
    ...[...catalog.entities.values()].map(entityEntry),
    ...[...catalog.faults.values()].map(faultEntry),
    ...[...catalog.actions.values()].map(actionEntry),
    ...[...catalog.rules.values()].map(ruleEntry),
    commonRuleEntry(),
    ...[...catalog.templates.values()].map(templateEntry),
    ...[...catalog.channels.values()].map(channelEntry),
    ...Object.values(latencyModels).map(({ kind, description }) => ({
      group: "models" as const,
      kind,
      description,
      options: [],
    })),
    ...storeEntries().map((entry) => ({ group: "store" as const, options: [], ...entry })),
  ];
}

function worldEntry({ kind, description, schema, entityKinds, example }: WorldKind): KindEntry {
  const entities = entityKinds.map((each) => each.kind);
  return { group: "worlds", kind, description, entities, options: optionsOf(schema), example };
}

function sourceEntry({ kind, description, schema, entityKind, example }: SourceKind): KindEntry {
  return {
    group: "sources",
    kind,
    description,
    entities: [entityKind.kind],
    options: optionsOf(schema),
    example,
  };
}

/** The keys of every entry of `rules`. */
function commonRuleEntry(): KindEntry {
  const variables = [...Object.keys(VARIABLES), ...VARIABLE_MAPS.map((map) => `${map}.NAME`)];
  const description =
    "These keys can be in every entry of rules. Of several rules of one name the most specific one applies to an " +
    "entity: entities count more than match.name, that more than match.labels, that more than match.kind; of " +
    `equals the last one applies. Texts can show, between {{ and }}: ${variables.join(", ")}.`;
  const name: OptionEntry = {
    name: "name",
    type: "text",
    required: false,
    description: "name of its alerts",
  };
  return {
    group: "rules",
    kind: "(all rules)",
    description,
    options: [name, ...optionsOf(z.strictObject(ruleFields()))],
  };
}

function templateEntry({
  kind,
  description,
  schema,
  entityKinds,
  example,
  rules,
}: RuleTemplate<unknown>): KindEntry {
  const names = rules(schema.parse({})).map(({ name }) => name);
  return {
    group: "templates",
    kind,
    description: `${description} Rules: ${names.join(", ")}.`,
    entities: entityKinds,
    options: optionsOf(schema),
    example,
  };
}

function ruleEntry({ kind, description, schema, example }: RuleKind<unknown>): KindEntry {
  return { group: "rules", kind, description, options: optionsOf(schema), example };
}

function channelEntry({ kind, description, schema, example, template }: ChannelKind): KindEntry {
  const texts = [template.title, template.body].filter((text) => text !== "");
  return { group: "channels", kind, description, options: optionsOf(schema), example, template: texts };
}

function entityEntry({ kind, description, metrics, measures }: EntityKind): KindEntry {
  return {
    group: "entities",
    kind,
    description,
    options: [],
    metrics: metrics.map(({ name, type, unit, description }) => ({ name, type, unit, description })),
    measures: measures.map((measure) => {
      const { id, unit, description, limits, alert } = measure;
      return {
        id,
        unit,
        description,
        ...(limits === undefined ? {} : { limits, limits_text: levelsText(measure, limits) }),
        ...(alert === undefined ? {} : { alert }),
      };
    }),
  };
}

function faultEntry({ kind, key, description, accepts, params, defaultTtlMs }: AnyFaultKind): KindEntry {
  const ttl: OptionEntry = {
    name: "ttl",
    type: "duration",
    required: false,
    default: durationText(defaultTtlMs),
    description: "time until it ends automatically",
  };
  return {
    group: "faults",
    kind,
    description,
    key,
    entities: accepts,
    options: [...paramEntries(params), ttl],
  };
}

function actionEntry({ kind, key, description, accepts, params }: AnyActionKind): KindEntry {
  return { group: "actions", kind, description, key, entities: accepts, options: paramEntries(params) };
}

function paramEntries(params: ParamSpecs): OptionEntry[] {
  return Object.entries(params).map(([name, spec]) => ({
    name,
    type: paramType(spec),
    required: false,
    default: spec.default,
    description: spec.description,
  }));
}

function paramType(spec: ParamSpec): string {
  if (spec.type === "choice") return spec.choices.join(" | ");
  return `${spec.levels.join(", ")} ${spec.unit}`.trim();
}
