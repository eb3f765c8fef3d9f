/** Bundles the program into dist/: one entry, and chunks that are loaded on demand. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { parseConfig } from "../src/config/config.ts";

const root = new URL("..", import.meta.url).pathname;

/** The configs that ship with the program; examples, which users copy, are not included. */
const ownConfigs = readdirSync(`${root}config`).filter((name) => /^[^.]+\.yaml$/.test(name));

/** Differs when the code, a dependency or this script does. */
function buildId(): string {
  const hash = createHash("sha256");
  const files = readdirSync(`${root}src`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .sort();
  for (const file of [...files, `${root}package-lock.json`, import.meta.filename]) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** The module that replaces src/config/prepared.ts: the configs that ship with the program, parsed. */
function preparedConfigs(names: readonly string[]): string {
  const configs = names.map((name) => {
    const text = readFileSync(`${root}config/${name}`, "utf8");
    const result = parseConfig(text);
    if (!result.ok) throw new Error(`config/${name} is not valid: ${JSON.stringify(result.problems)}`);
    return [text, JSON.stringify(result.config)];
  });
  // As text: parsing JSON is faster than running code, and every caller gets its own copy.
  return `export const buildId = ${JSON.stringify(buildId())};
const configs = new Map(${JSON.stringify(configs)});
export function preparedConfig(text) {
  const config = configs.get(text);
  return config === undefined ? undefined : JSON.parse(config);
}`;
}

const withoutZodLocales: Plugin = {
  name: "without-zod-locales",
  setup(builder) {
    // Zod's messages in forty languages, which the program does not use.
    builder.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export {};" }));
  },
};

/**
 * Loads zod when the first schema is created. With a config that comes with the program none is, and zod is
 * a third of the code that would be loaded before the first frame.
 */
const deferredZod: Plugin = {
  name: "deferred-zod",
  setup(builder) {
    const namespace = "deferred-zod";
    builder.onResolve({ filter: /^zod$/ }, ({ path }) => ({ path, namespace }));
    builder.onResolve({ filter: /^\.\/zod\.cjs$/, namespace }, ({ path }) => ({ path, external: true }));
    builder.onLoad({ filter: /.*/, namespace }, () => ({
      contents: `let loaded;
export const z = new Proxy({}, { get: (_, name) => (loaded ??= require("./zod.cjs").z)[name] });`,
    }));
  },
};

/** Modules of Node that are not plain collections of exports, or are there from the start. */
const WHOLE: Readonly<Record<string, string>> = {
  assert: 'require("node:assert")',
  events: 'require("node:events")',
  module: 'require("node:module")',
  process: "process",
  stream: 'require("node:stream")',
};

/** Code that loads a module of Node when one of its exports is first read. */
function onDemand(name: string): string {
  const names = Object.keys(createRequire(import.meta.url)(`node:${name}`));
  return `let loaded;
const load = () => (loaded ??= require("node:${name}"));
for (const name of ${JSON.stringify(names.join(" "))}.split(" "))
  Object.defineProperty(exports, name, { get: () => load()[name], enumerable: true });`;
}

/**
 * Loads modules of Node on demand: an import reads every export at once, and some of them load more modules
 * when they are read, such as the streams of node:fs or Node's fetch. That takes over 20 ms of the start.
 */
const builtinsOnDemand: Plugin = {
  name: "builtins-on-demand",
  setup(builder) {
    const namespace = "builtins-on-demand";
    const names = builtinModules.filter((name) => !name.startsWith("_"));
    const filter = new RegExp(`^(node:)?(${names.join("|")})$`);
    builder.onResolve({ filter }, ({ path, kind, importer }) => {
      // The entry needs its modules before anything else.
      if (kind !== "import-statement" || importer.endsWith("/src/main.ts")) return undefined;
      return { path: path.replace(/^node:/, ""), namespace };
    });
    builder.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: Object.hasOwn(WHOLE, path) ? `module.exports = ${WHOLE[path]};` : onDemand(path),
    }));
  },
};

/**
 * Makes one chunk of all that is loaded together. Esbuild splits by who needs a module: what the commands share
 * with the screen, with the parser and so on would become a dozen files, and each takes half a millisecond to
 * load. A module that is imported on demand runs after its importer, so importing that as well adds nothing.
 */
const fewerChunks: Plugin = {
  name: "fewer-chunks",
  setup(builder) {
    const commands = `${root}src/cli/run.ts`;
    const screen = `${root}src/watch/watch.ts`;
    builder.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir, importer }) => {
      if (kind !== "dynamic-import" || !importer.startsWith(`${root}src/`)) return undefined;
      const loaded = importer.startsWith(`${root}src/watch/`) ? [commands, screen] : [commands];
      return { path: resolve(resolveDir, path), pluginData: { loaded } };
    });
    builder.onLoad({ filter: /\/src\/.*\.tsx?$/ }, ({ path, pluginData }) => {
      if (pluginData === undefined || path === commands) return undefined;
      const imports = pluginData.loaded.map((file: string) => `import ${JSON.stringify(file)};`);
      return {
        contents: `${readFileSync(path, "utf8")}\n${imports.join("\n")}\n`,
        loader: path.endsWith("x") ? "tsx" : "ts",
        resolveDir: dirname(path),
      };
    });
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node22",
  // Node 22 supports /v; rewritten, each use would create a new RegExp.
  supported: { "regexp-set-notation": true, "regexp-unicode-property-escapes": true },
  minify: true,
  // The program does not depend on function names.
  keepNames: false,
  legalComments: "none",
  logLevel: "warning",
};

rmSync(`${root}dist`, { recursive: true, force: true });
// CommonJS, because a module can be loaded in the middle of an expression only with `require`.
await build({
  ...common,
  stdin: { contents: 'export { z } from "zod";', resolveDir: root, sourcefile: "zod.js" },
  format: "cjs",
  outfile: "dist/zod.cjs",
  plugins: [withoutZodLocales],
});
await build({
  ...common,
  // The thread that checks configs is a file of its own; it shares the chunks.
  entryPoints: { faultline: "src/main.ts", "config-thread": "src/config/config-thread.ts" },
  outdir: "dist",
  splitting: true,
  format: "esm",
  jsx: "automatic",
  // React's development build takes two to three times as long per frame.
  define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  // Some dependencies contain CommonJS and need `require`.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  plugins: [
    {
      name: "without-devtools",
      setup(builder) {
        // Ink's bridge to the React developer tools is not used and would require another package.
        builder.onLoad({ filter: /ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: "export {};" }));
      },
    },
    deferredZod,
    builtinsOnDemand,
    fewerChunks,
    {
      name: "prepared-configs",
      setup(builder) {
        builder.onLoad({ filter: /[\\/]src[\\/]config[\\/]prepared\.ts$/ }, () => ({
          contents: preparedConfigs(ownConfigs),
        }));
      },
    },
    {
      name: "one-generator",
      setup(builder) {
        // Of seedrandom only Alea, with explicit seeds: the whole package loads crypto to seed itself.
        const namespace = "one-generator";
        builder.onResolve({ filter: /^seedrandom$/ }, ({ path }) => ({ path, namespace }));
        builder.onLoad({ filter: /.*/, namespace }, () => ({
          contents: 'exports.alea = require("seedrandom/lib/alea.js");',
          resolveDir: root,
        }));
      },
    },
  ],
});
