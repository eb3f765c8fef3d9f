import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import type { ChannelKind } from "../types.ts";

const schema = lazy(() => z.strictObject({}));

/** Placeholder. */
export const terminal: ChannelKind<Record<string, never>> = {
  kind: "terminal",
  description: "Rings the bell.",
  get schema() {
    return schema();
  },
  example: { name: "bell", kind: "terminal" },
  template: { title: "", body: "" },
  secrets: [],
  open: (_options, { terminal: write }) => ({
    async send() {
      write?.("\u0007");
      return { ok: true };
    },
    close() {},
  }),
};
