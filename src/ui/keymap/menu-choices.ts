import type { ParamSpec, ParamSpecs, Params } from "../../core/params.ts";
import type { AnyActionKind, AnyFaultKind, Command, EntitySnapshot, Kinds } from "../../monitor/types.ts";
import type { MenuSteps } from "../state.ts";
import type { View } from "../view.ts";

/** The durations in the menu, ms; each kind adds its default. */
const TTLS = [15_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000] as const;

/** A fault or an action with the parameters set in the open menu. */
export interface MenuChoice {
  readonly type: "fault" | "action";
  /** The name of its fault kind or action kind. */
  readonly kind: string;
  /** The key that selects it. */
  readonly key: string;
  /** With its parameters: "latency +800 ms". */
  readonly label: string;
  readonly title: string;
  readonly description: string;
  readonly params: Params;
  /** Faults only. */
  readonly ttlMs?: number;
  /** True, or a sentence that says why it is not available. */
  readonly enabled: true | string;
  /** The fewest and the most steps that change anything. */
  readonly range: Readonly<Record<keyof MenuSteps, Range>>;
}

type Range = readonly [min: number, max: number];

const DEFAULTS: MenuSteps = { steps: 0, ttlSteps: 0 };

/** All choices for an entity: the faults that accept its kind, then the actions. */
export function choicesFor(
  { faults, actions }: Kinds,
  entity: EntitySnapshot,
  steps: Readonly<Record<string, MenuSteps>> = {},
): readonly MenuChoice[] {
  return [
    ...faults
      .filter(({ accepts }) => accepts.includes(entity.kind))
      .map((kind) => faultChoice(kind, entity, steps[kind.key] ?? DEFAULTS)),
    ...actions
      .filter(({ accepts }) => accepts.includes(entity.kind))
      .map((kind) => actionChoice(kind, steps[kind.key] ?? DEFAULTS)),
  ];
}

function faultChoice(kind: AnyFaultKind, entity: EntitySnapshot, { steps, ttlSteps }: MenuSteps): MenuChoice {
  const params = steppedParams(kind.params, steps);
  const ttls = [...new Set([...TTLS, kind.defaultTtlMs])].toSorted((a, b) => a - b);
  const usual = ttls.indexOf(kind.defaultTtlMs);
  return {
    type: "fault",
    ...described(kind, params),
    ttlMs: stepped(ttls, usual, ttlSteps),
    enabled: faultRefusal(kind, entity) ?? true,
    range: { steps: paramRange(kind.params), ttlSteps: [-usual, ttls.length - 1 - usual] },
  };
}

function actionChoice(kind: AnyActionKind, { steps }: MenuSteps): MenuChoice {
  const params = steppedParams(kind.params, steps);
  const range = { steps: paramRange(kind.params), ttlSteps: [0, 0] as const };
  return { type: "action", ...described(kind, params), enabled: true, range };
}

function described(each: AnyFaultKind | AnyActionKind, params: Params) {
  const { kind, key, title, description } = each;
  return { kind, key, title, description, params, label: each.label(params) };
}

function faultRefusal(kind: AnyFaultKind, entity: EntitySnapshot): string | undefined {
  if (entity.breakable !== true) return `${entity.name} cannot be broken: ${entity.breakable}`;
  const reason = kind.refuses?.(entity);
  return reason === undefined ? undefined : `${kind.title} would have no effect on ${entity.name}: ${reason}`;
}

/** Why the menu of an entity would be empty; undefined: it has choices. */
export function menuRefusal({ kinds }: Pick<View, "kinds">, entity: EntitySnapshot): string | undefined {
  // The footer asks at every tick: the choices themselves are not put together for that.
  if (kinds.actions.some(({ accepts }) => accepts.includes(entity.kind))) return undefined;
  let first: string | undefined;
  for (const kind of kinds.faults) {
    if (!kind.accepts.includes(entity.kind)) continue;
    const reason = faultRefusal(kind, entity);
    if (reason === undefined) return undefined;
    first ??= reason;
  }
  if (entity.breakable !== true) return `${entity.name} cannot be broken: ${entity.breakable}`;
  return first ?? `no faults or actions for ${entity.name}, a ${entity.kind}`;
}

/** The command for a choice. */
export function commandFor(entity: string, { type, kind, params, ttlMs = 0 }: MenuChoice): Command {
  return type === "fault"
    ? { type: "inject", entity, kind, params, ttlMs }
    : { type: "act", entity, action: kind, params };
}

/** The live state of the entity whose menu is open: commands apply now, also on a paused screen. */
function menuEntity({ ui, live }: View): EntitySnapshot | undefined {
  const { mode } = ui;
  return mode.type === "fault-menu" ? live.entities.find(({ name }) => name === mode.entity) : undefined;
}

/** The choices of the open menu, with the parameters and duration set by the keys. */
export function menuChoices(view: View): readonly MenuChoice[] {
  const { mode } = view.ui;
  const entity = menuEntity(view);
  return mode.type === "fault-menu" && entity ? choicesFor(view.kinds, entity, mode.steps) : [];
}

/** The steps that the first parameter has below and above its default. */
function paramRange(specs: ParamSpecs): Range {
  const spec = Object.values(specs)[0];
  if (spec === undefined) return [0, 0];
  const place = placeOf(spec);
  return [-place, optionsOf(spec).length - 1 - place];
}

function optionsOf(spec: ParamSpec): readonly (number | string)[] {
  return spec.type === "number" ? spec.levels : spec.choices;
}

/** All parameters at their defaults, the first one moved by `steps`. */
function steppedParams(specs: ParamSpecs, steps: number): Params {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec], index) => [
      name,
      index === 0 ? stepped(optionsOf(spec), placeOf(spec), steps) : spec.default,
    ]),
  );
}

function placeOf(spec: ParamSpec): number {
  return spec.type === "number" ? nearest(spec.levels, spec.default) : spec.choices.indexOf(spec.default);
}

function nearest(values: readonly number[], wanted: number): number {
  const distance = (index: number) => Math.abs(values[index]! - wanted);
  return values.reduce((best, _value, index) => (distance(index) < distance(best) ? index : best), 0);
}

function stepped<T>(values: readonly T[], start: number, steps: number): T {
  return values[Math.max(0, Math.min(values.length - 1, start + steps))]!;
}
