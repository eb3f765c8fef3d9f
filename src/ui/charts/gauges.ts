import { formatRate } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import type { Role } from "../text/line.ts";
import { percentRole } from "../text/values.ts";

/** A gauge of a service as it is shown, or the rate at which a counter grows. */
export interface Gauge {
  readonly kind: "gauge" | "counter";
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

/** The gauges of a service and after them its counters, always in the same order. */
export function gaugesOf({ gauges, counters, cpu, memory }: ServiceSnapshot): readonly Gauge[] {
  const percents = { cpu, memory };
  const known = PERCENTS.flatMap((name): Gauge[] => {
    const value = percents[name];
    if (value === undefined) return [];
    const format = (percent: number) => `${Math.round(percent)}%`;
    return [{ kind: "gauge", name, title: name, value, format, role: percentRole, top: 100, least: 20 }];
  });
  const others = [...gauges]
    .filter(([name]) => !PERCENTS.some((percent) => percent === name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { value }]): Gauge => {
      const title = name.replaceAll("_", " ");
      return {
        kind: "gauge",
        name,
        title,
        value,
        format: plain,
        role: () => "text",
        top: undefined,
        least: 0,
      };
    });
  const growing = [...counters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]): Gauge => {
      const title = `${name.replaceAll("_", " ")}/s`;
      const format = formatRate;
      return { kind: "counter", name, title, value, format, role: () => "text", top: undefined, least: 1 };
    });
  return [...known, ...others, ...growing];
}
