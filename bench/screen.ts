/**
 * Drawing benchmark: `node bench/screen.ts [--quick] [--only TEXT] [--program FILE]`. Runs Faultline in its
 * modes and the installed monitors in turn, each in a real pseudo-terminal of 120x40 at two redraws per
 * second. Machines differ and are shared: compare the ratios within one run.
 */
import { availableParallelism, cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { measureExit, measureSubject, type Plan, type Result } from "./screen/run.ts";
import { findSubjects } from "./screen/subjects.ts";
import { aligned, markdown, tableRows } from "./screen/table.ts";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    program: { type: "string", default: new URL("../dist/faultline.js", import.meta.url).pathname },
  },
});

const FULL: Plan = { warmUpMs: 10_000, windowMs: 20_000, starts: 9, frozenMs: 5000 };
const QUICK: Plan = { warmUpMs: 3000, windowMs: 6000, starts: 3, frozenMs: 2000 };
const plan = flags.quick ? QUICK : FULL;

const { present, missing } = findSubjects(resolve(flags.program));
const results: Result[] = [];
const failures: string[] = [];
for (const subject of present.filter(({ name }) => name.includes(flags.only))) {
  process.stderr.write(`${subject.name} ...\n`);
  try {
    results.push(await measureSubject(subject, plan));
  } catch (error) {
    failures.push(`${subject.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
const bareNodeMs = await measureExit(process.execPath, ["-e", "0"], plan);
const spawnMs = await measureExit("true", [], plan);

const rows = tableRows(results, { bareNodeMs, spawnMs }, plan.frozenMs);
const model = cpus()[0]?.model ?? "an unknown processor";
const today = new Date().toISOString().slice(0, 10);
console.log(`${today}, ${availableParallelism()} cores of ${model}, Node ${process.version}`);
console.log(
  `${plan.windowMs / 1000} s after ${plan.warmUpMs / 1000} s of warm-up, ${plan.starts} starts; frozen for ${plan.frozenMs / 1000} s\n`,
);
console.log(aligned(rows));
console.log(`\n${markdown(rows)}\n`);
for (const { name, note } of present) if (note !== undefined) console.log(`${name}: ${note}`);
for (const line of [...missing, ...failures]) console.log(`not measured: ${line}`);
process.exit(failures.length > 0 ? 1 : 0);
