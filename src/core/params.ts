import type { Unit } from "./metric.ts";

/** A number that an operator can choose, from a rising list of levels that `+` and `-` step through. */
export interface NumberParam {
  readonly type: "number";
  readonly unit: Unit | "x" | "s" | "";
  /** Rising; the first and the last are the limits of what is accepted. */
  readonly levels: readonly number[];
  readonly default: number;
  readonly description: string;
}

/** One of several words; `+` and `-` step through them too. */
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

/** The typed values of given specs. */
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

/** Every parameter at its default. */
export function defaultParams(specs: ParamSpecs): Params {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}

/**
 * The given values with defaults for what is left out.
 * @param owner what the parameters belong to, for error messages
 * @throws RangeError with one plain sentence for an unknown name or a value that is not accepted
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
