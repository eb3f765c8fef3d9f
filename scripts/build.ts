/** Bundles the program into dist/: one entry, and chunks that are loaded on demand. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";
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

rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { faultline: "src/main.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  // Node 22 supports /v; rewritten, each use would create a new RegExp.
  supported: { "regexp-set-notation": true, "regexp-unicode-property-escapes": true },
  minify: true,
  // The program does not depend on function names.
  keepNames: false,
  legalComments: "none",
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
    {
      name: "without-zod-locales",
      setup(builder) {
        // Zod's messages in forty languages, which the program does not use.
        builder.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
          contents: "export {};",
        }));
      },
    },
    {
      name: "required-http",
      setup(builder) {
        // An import reads every export of node:http, and reading WebSocket loads Node's fetch: 20 ms.
        // A require reads only what is used.
        const namespace = "required-http";
        builder.onResolve({ filter: /^node:https?$/ }, ({ path, kind }) =>
          kind === "import-statement" ? { path, namespace } : { path, external: true },
        );
        builder.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
          contents: `module.exports = require("${path}");`,
        }));
      },
    },
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
  logLevel: "warning",
});
