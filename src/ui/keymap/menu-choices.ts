import type { ParamSpec, ParamSpecs, Params } from "../../core/params.ts";
import type { AnyActionKind, AnyFaultKind, Command, EntitySnapshot, Kinds } from "../../monitor/types.ts";
import type { View } from "../view.ts";

/** Times to live that the menu offers, ms. */
const TTLS = [15_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000] as const;

/** Steps up or down from the defaults: of the first parameter, and of the time to live. */
export interface MenuSteps {
  readonly steps: number;
  readonly ttlSteps: number;
}

/** A fault or an action as the open menu would inject or run it. */
export interface MenuChoice {
  readonly type: "fault" | "action";
  /** The name of its fault kind or action kind. */
  readonly kind: string;
  /** The letter that chooses it. */
  readonly key: string;
  /** With its parameters: "latency +800 ms". */
  readonly label: string;
  readonly title: string;
  readonly description: string;
  readonly params: Params;
  /** Faults only. */
  readonly ttlMs?: number;
  /** True, or the sentence that says why it cannot be chosen. */
  readonly enabled: true | string;
}

const DEFAULTS: MenuSteps = { steps: 0, ttlSteps: 0 };

/** Everything the menu offers for an entity: the faults that accept its kind, then the actions. */
export function choicesFor(
  { faults, actions }: Kinds,
  entity: EntitySnapshot,
  steps: MenuSteps = DEFAULTS,
): readonly MenuChoice[] {
  return [
    ...faults
      .filter(({ accepts }) => accepts.includes(entity.kind))
      .map((kind) => faultChoice(kind, entity, steps)),
    ...actions
      .filter(({ accepts }) => accepts.includes(entity.kind))
      .map((kind) => actionChoice(kind, steps)),
  ];
}

function faultChoice(kind: AnyFaultKind, entity: EntitySnapshot, { steps, ttlSteps }: MenuSteps): MenuChoice {
  const params = steppedParams(kind.params, steps);
  return {
    type: "fault",
    ...described(kind, params),
    ttlMs: stepped(TTLS, nearest(TTLS, kind.defaultTtlMs), ttlSteps),
    enabled: faultRefusal(kind, entity) ?? true,
  };
}

function actionChoice(kind: AnyActionKind, { steps }: MenuSteps): MenuChoice {
  const params = steppedParams(kind.params, steps);
  return { type: "action", ...described(kind, params), enabled: true };
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

/** Why the menu of an entity would have nothing to choose; undefined: it has something. */
export function menuRefusal({ kinds }: Pick<View, "kinds">, entity: EntitySnapshot): string | undefined {
  const choices = choicesFor(kinds, entity);
  if (choices.some(({ enabled }) => enabled === true)) return undefined;
  if (entity.breakable !== true) return `${entity.name} cannot be broken: ${entity.breakable}`;
  const reasons = choices.map(({ enabled }) => enabled).filter((enabled) => enabled !== true);
  return reasons[0] ?? `no fault or action exists for ${entity.name}, a ${entity.kind}`;
}

/** The command that carries out a choice. */
export function commandFor(entity: string, { type, kind, params, ttlMs = 0 }: MenuChoice): Command {
  return type === "fault"
    ? { type: "inject", entity, kind, params, ttlMs }
    : { type: "act", entity, action: kind, params };
}

/** The entity whose menu is open, as it is now: what is chosen is done to it now, also on a paused screen. */
function menuEntity({ ui, live }: View): EntitySnapshot | undefined {
  const { mode } = ui;
  return mode.type === "fault-menu" ? live.entities.find(({ name }) => name === mode.entity) : undefined;
}

/** The choices of the open menu, at the parameters and the time to live that the keys have set. */
export function menuChoices(view: View): readonly MenuChoice[] {
  const { mode } = view.ui;
  const entity = menuEntity(view);
  return mode.type === "fault-menu" && entity ? choicesFor(view.kinds, entity, mode) : [];
}

/** How many steps up or down can change anything in the open menu. */
export function furthestStep(view: View, what: "steps" | "ttlSteps"): number {
  if (what === "ttlSteps") return TTLS.length - 1;
  const kind = menuEntity(view)?.kind;
  const kinds = [...view.kinds.faults, ...view.kinds.actions].filter(
    ({ accepts }) => kind !== undefined && accepts.includes(kind),
  );
  return Math.max(
    0,
    ...kinds.map(({ params }) => optionsOf(Object.values(params as ParamSpecs)[0]).length - 1),
  );
}

function optionsOf(spec: ParamSpec | undefined): readonly (number | string)[] {
  if (spec === undefined) return [];
  return spec.type === "number" ? spec.levels : spec.choices;
}

/** All parameters at their defaults, the first so many steps away from it. */
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
