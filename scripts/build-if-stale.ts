/** Builds dist/ unless it is newer than all its sources. */
import { readdirSync, statSync } from "node:fs";

const root = new URL("..", import.meta.url).pathname;

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(`${path}/${name}`)));
}

function builtAt(): number {
  try {
    return statSync(`${root}dist/faultline.js`).mtimeMs;
  } catch {
    return 0;
  }
}

const sources = ["src", "config", "scripts/build.ts", "package.json", "package-lock.json"].map((path) =>
  newest(root + path),
);
if (Math.max(...sources) > builtAt()) await import("./build.ts");
