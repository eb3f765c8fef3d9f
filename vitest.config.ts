import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    // A real program takes its time on a busy machine; waiting ends as soon as what is awaited is there.
    testTimeout: 30_000,
    // Programs that tests start leave nothing in the home of whoever runs them.
    env: { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "faultline-state-")) },
    // Two cores: a worker each. End-to-end tests start real programs and need the processor to themselves.
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["src/**/*.{ts,tsx}"],
      reporter: ["text-summary"],
    },
  },
});
