import { verdictFigures } from "../test/health/figures.ts";

// Prints how steady and how fast the verdicts are, over many random seeds: node scripts/verdict-figures.ts [SEEDS]
const seeds = Number(process.argv[2] ?? 20);
for (const line of verdictFigures(seeds, process.argv[3])) process.stdout.write(`${line}\n`);
