/**
 * What rules and alerts cost: `node bench/rules.ts [--quick] [--markdown]`. Every figure stands beside a reference that
 * was measured in the same run, because machines differ and are shared: compare the ratios.
 */
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { elapsed, keep, median } from "./measure.ts";
import { DEFAULT_FOUR, OWN_FOUR } from "./rules/fleet.ts";
import { type TickCosts, tickCosts } from "./rules/tick.ts";
import { asMarkdown, asText, short, type Table, whole } from "./store/table.ts";

const { values: flags } = parseArgs({
  options: { quick: { type: "boolean", default: false }, markdown: { type: "boolean", default: false } },
});
const ENTITIES = flags.quick ? 1_000 : 10_000;
const TICKS = flags.quick ? 20 : 60;
const SHARES = [
  ["all is fine", 0],
  ["1 % in trouble", 0.01],
  ["all in trouble", 1],
] as const;
const RULES = [
  ["default", DEFAULT_FOUR],
  ["own", OWN_FOUR],
] as const;

/** The least that four rules over this fleet can cost: a value of each read from its object by name, and compared. */
function comparing(): number {
  const readings = Array.from({ length: ENTITIES }, (_, nth) => ({
    values: { cpu: nth, p99: nth, error_rate: nth, memory: nth },
  }));
  const names = ["cpu", "p99", "error_rate", "memory"] as const;
  const ticks = 200;
  const ms = median(5, () =>
    elapsed(() => {
      let beyond = 0;
      for (let tick = 0; tick < ticks; tick++) {
        for (const { values } of readings) for (const name of names) if (values[name] > tick) beyond += 1;
      }
      keep(beyond);
    }),
  );
  return ms / ticks;
}

const reference = comparing();
const row = (name: string, { rules, alerts, readers, longest, onset, active }: TickCosts) => {
  const sum = rules + alerts + readers;
  const times = [rules, alerts, readers, sum].map(short);
  return [name, ...times, whole(sum / reference), short(longest), short(onset), whole(active)];
};
const table: Table = {
  title: `a tick of ${whole(ENTITIES)} entities x 4 rules, ms`,
  rows: [
    ["", "conditions", "alerts", "readers", "sum", "x comparing", "longest", "onset", "active alerts"],
    ...RULES.flatMap(([kind, rules]) =>
      SHARES.map(([name, share]) => row(`${kind} rules, ${name}`, tickCosts(ENTITIES, rules, share, TICKS))),
    ),
    [
      `reference: comparing ${whole(4 * ENTITIES)} values`,
      "-",
      "-",
      "-",
      short(reference),
      "1",
      "-",
      "-",
      "-",
    ],
  ],
  notes: [
    `CPU time of the thread, means of ${TICKS} ticks; values and messages are others at every tick`,
    "alerts: life cycle, marks, silences, flapping, folding and incidents; readers: the past and the event log",
    "onset: the longest tick in which the trouble begins; longest: the longest one after that",
    `default rules: ${DEFAULT_FOUR.map(({ kind }) => kind).join(", ")}; own: ${OWN_FOUR.map(({ kind }) => kind).join(", ")}`,
  ],
};
const heading = `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? "an unknown processor"}, Node ${process.version}`;
console.log(`${heading}\n`);
console.log(asText(table));
if (flags.markdown) console.log([`${heading}.`, asMarkdown(table)].join("\n\n"));
