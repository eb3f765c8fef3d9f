import type { ServiceSnapshot } from "../../monitor/types.ts";
import type { Role } from "../text/line.ts";
import { percentRole } from "../text/values.ts";

/** A gauge of a service as it is shown. */
export interface Gauge {
  /** The name it is recorded under, and the one that people read. */
  readonly name: string;
  readonly title: string;
  /** The newest value. */
  readonly value: number;
  /** A number of it, with its unit where that is known. */
  readonly format: (value: number) => string;
  /** What colour a value deserves. */
  readonly role: (value: number) => Role;
  /** The top of what can be; undefined where that is open. */
  readonly top: number | undefined;
  /** An axis reaches at least this high, so that a calm gauge does not look like a storm; 0 where that is not known. */
  readonly least: number;
}

/** Those that everybody knows, first and in percent; others follow by name. */
const PERCENTS = ["cpu", "memory"] as const;

const plain = (value: number) => {
  if (Math.abs(value) >= 100 || value === 0) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
};

/** The gauges of a service, always in the same order. */
export function gaugesOf({ gauges, cpu, memory }: ServiceSnapshot): readonly Gauge[] {
  const percents = { cpu, memory };
  const known = PERCENTS.flatMap((name): Gauge[] => {
    const value = percents[name];
    if (value === undefined) return [];
    const format = (percent: number) => `${Math.round(percent)}%`;
    return [{ name, title: name, value, format, role: percentRole, top: 100, least: 20 }];
  });
  const others = [...gauges]
    .filter(([name]) => !PERCENTS.some((percent) => percent === name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { value }]): Gauge => {
      const title = name.replaceAll("_", " ");
      return { name, title, value, format: plain, role: () => "text", top: undefined, least: 0 };
    });
  return [...known, ...others];
}
