/**
 * What the store costs: `node bench/store.ts [--quick] [--only TEXT] [--markdown]`. Every figure stands beside
 * a reference, or another library, that was measured in the same run, because machines differ and are
 * shared: compare the ratios.
 */
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchError } from "./store/error.ts";
import { benchLibraries } from "./store/libraries.ts";
import { FULL, type Plan, QUICK } from "./store/plan.ts";
import { benchRecord } from "./store/record.ts";
import { asMarkdown, asText, type Table } from "./store/table.ts";
import { benchTick } from "./store/tick.ts";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    markdown: { type: "boolean", default: false },
  },
});

const PARTS: Readonly<Record<string, (plan: Plan) => Table[] | Promise<Table[]>>> = {
  record: benchRecord,
  libraries: benchLibraries,
  error: benchError,
  tick: benchTick,
};

const chosen = Object.entries(PARTS).filter(([name]) => name.includes(flags.only));
if (chosen.length === 0) {
  console.error(`--only must be a part of one of these names: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}
const plan = flags.quick ? QUICK : FULL;
const model = cpus()[0]?.model ?? "an unknown processor";
const today = new Date().toISOString().slice(0, 10);
const heading = `${today}, ${availableParallelism()} cores of ${model}, Node ${process.version}`;
console.log(`${heading}\n`);
const tables: Table[] = [];
for (const [, bench] of chosen) {
  const made = await bench(plan);
  for (const table of made) console.log(asText(table));
  tables.push(...made);
}
if (flags.markdown) console.log([`${heading}.`, ...tables.map(asMarkdown)].join("\n\n"));
