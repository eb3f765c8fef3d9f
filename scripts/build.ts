/** Bundles the program into dist/: one entry, and chunks that are loaded on demand. */

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { parseConfig } from "../src/config/config.ts";

const root = new URL("..", import.meta.url).pathname;

/** The configs that ship with the program; examples, which users copy, are not included. */
const ownConfigs = readdirSync(`${root}config`).filter((name) => /^[^.]+\.yaml$/.test(name));

/** The module that replaces src/config/prepared.ts: the configs that ship with the program, parsed. */
function preparedConfigs(names: readonly string[]): string {
  const configs = names.map((name) => {
    const text = readFileSync(`${root}config/${name}`, "utf8");
    const result = parseConfig(text);
    if (!result.ok) throw new Error(`config/${name} is not valid: ${JSON.stringify(result.problems)}`);
    return [text, JSON.stringify(result.config)];
  });
  // As text: parsing JSON is faster than running code, and every caller gets its own copy.
  return `const configs = new Map(${JSON.stringify(configs)});
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

/** Modules of Node that the start does not need, and that take milliseconds to load. */
const ON_DEMAND = new Set(["child_process", "http", "https", "os", "perf_hooks"]);

/** Code that loads a module of Node when one of its exports is first read. */
function onDemand(name: string): string {
  const getters = Object.keys(createRequire(import.meta.url)(`node:${name}`)).map(
    (key) => `get ${JSON.stringify(key)}() { return load()[${JSON.stringify(key)}]; }`,
  );
  return `let loaded;
const load = () => (loaded ??= require("node:${name}"));
module.exports = { ${getters.join(", ")} };`;
}

/**
 * Replaces imports of Node's modules by `require`: an import reads every export, and reading some of them
 * loads more modules, such as the streams of node:fs or Node's fetch. That takes over 20 ms of the start.
 */
const requiredBuiltins: Plugin = {
  name: "required-builtins",
  setup(builder) {
    const namespace = "required-builtins";
    const names = builtinModules.filter((name) => !name.startsWith("_"));
    // Evaluated before the rest of the program; it needs few of them.
    const filter = new RegExp(`^(node:)?(${names.join("|")})$`);
    builder.onResolve({ filter }, ({ path, kind, importer }) => {
      if (kind !== "import-statement" || importer.endsWith("/src/main.ts")) return { path, external: true };
      return { path: path.replace(/^node:/, ""), namespace };
    });
    builder.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: ON_DEMAND.has(path) ? onDemand(path) : `module.exports = require("node:${path}");`,
    }));
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
  entryPoints: { faultline: "src/main.ts" },
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
    requiredBuiltins,
    {
      name: "prepared-configs",
      setup(builder) {
        builder.onLoad({ filter: /[\\/]src[\\/]config[\\/]prepared\.ts$/ }, () => ({
          contents: preparedConfigs(ownConfigs),
        }));
      },
    },
    {
      name: "without-machine-seeds",
      setup(builder) {
        // Seedrandom loads crypto to seed itself from the system. Here every stream has an explicit seed.
        builder.onResolve({ filter: /^crypto$/ }, ({ path, importer }) =>
          /[\\/]seedrandom[\\/]/.test(importer) ? { path, namespace: "nothing" } : undefined,
        );
        builder.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "module.exports = {};" }));
      },
    },
  ],
});
