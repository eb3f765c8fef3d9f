import { parentPort, workerData } from "node:worker_threads";
import { loadRegexEngine } from "../core/regex.ts";
import { parseConfig } from "./config.ts";
import { mayUseRegex } from "./may-use-regex.ts";

// The thread of `parseOffThread`: parses one text, posts the result and ends.
const text = String(workerData);
if (mayUseRegex(text)) await loadRegexEngine();
parentPort?.postMessage(parseConfig(text));
