import { parentPort, workerData } from "node:worker_threads";
import { parseConfig } from "./config.ts";
import { loadEngines } from "./engines.ts";

// The thread of `parseOffThread`: parses one text, posts the result and ends.
const text = String(workerData);
await loadEngines(text);
parentPort?.postMessage(parseConfig(text));
