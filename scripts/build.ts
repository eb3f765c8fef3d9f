/** Bundles the program into dist/: one entry, and chunks that load only when they are needed. */
import { rmSync } from "node:fs";
import { build } from "esbuild";

const root = new URL("..", import.meta.url).pathname;

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
  minify: true,
  // Error messages and React's own checks go by names.
  keepNames: false,
  legalComments: "none",
  jsx: "automatic",
  // React's development build costs two to three times as much per frame.
  define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  // Some dependencies are CommonJS inside and ask for `require`.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  plugins: [
    {
      name: "without-devtools",
      setup(builder) {
        // Ink's bridge to React's developer tools is never used here and would draw in a package of its own.
        builder.onLoad({ filter: /ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: "export {};" }));
      },
    },
  ],
  logLevel: "warning",
});
