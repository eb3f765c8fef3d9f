import type { Unit } from "./metric.ts";

/** A numeric parameter with a rising list of levels that `+` and `-` step through. */
export interface NumberParam {
  readonly type: "number";
  readonly unit: Unit | "x" | "s" | "";
  /** Rising; the first and the last are the accepted minimum and maximum. */
  readonly levels: readonly number[];
  readonly default: number;
  readonly description: string;
}

/** One of several words; `+` and `-` also step through them. */
export interface ChoiceParam {
  readonly type: "choice";
  readonly choices: readonly string[];
  readonly default: string;
  readonly description: string;
}

export type ParamSpec = NumberParam | ChoiceParam;

/** The parameters of a fault or an action, by name. The first is the one that `+` and `-` change. */
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** Values for parameters. */
export type Params = Readonly<Record<string, number | string>>;

/** The value types of given specs. */
export type ParamsOf<Specs extends ParamSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends NumberParam ? number : string;
};

/** A number parameter; `levels` must be rising and contain the default. */
export function numberParam(spec: Omit<NumberParam, "type">): NumberParam {
  return { type: "number", ...spec };
}

export function choiceParam(spec: Omit<ChoiceParam, "type">): ChoiceParam {
  return { type: "choice", ...spec };
}

/** All parameters at their defaults. */
export function defaultParams(specs: ParamSpecs): Params {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}

/**
 * The given values, with defaults for missing ones.
 * @param owner what the parameters belong to, for error messages
 * @throws RangeError with a one-sentence message for an unknown name or an invalid value
 */
export function checkedParams(owner: string, specs: ParamSpecs, given: Params): Params {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(specs, name)) continue;
    const known = Object.keys(specs).join(", ");
    throw new RangeError(`${owner} has no parameter "${name}"${known === "" ? "" : `; it has ${known}`}.`);
  }
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const value = given[name] ?? spec.default;
      const problem = paramProblem(spec, value);
      if (problem !== undefined) throw new RangeError(`The ${name} of ${owner} ${problem}, not ${value}.`);
      return [name, value];
    }),
  );
}

function paramProblem(spec: ParamSpec, value: number | string): string | undefined {
  if (spec.type === "choice") {
    return spec.choices.some((choice) => choice === value) ? undefined : `can be ${spec.choices.join(", ")}`;
  }
  const lowest = spec.levels[0]!;
  const highest = spec.levels.at(-1)!;
  if (typeof value === "number" && value >= lowest && value <= highest) return undefined;
  return lowest === highest ? `can only be ${lowest}` : `can be ${lowest} to ${highest} ${spec.unit}`.trim();
}
