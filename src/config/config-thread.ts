import { parentPort, workerData } from "node:worker_threads";
import { parseConfig } from "./config.ts";

// The thread of `parseOffThread`: parses one text, posts the result and ends.
parentPort?.postMessage(parseConfig(String(workerData)));
