import type { ChannelKind } from "../types.ts";
import { terminal } from "./terminal.ts";

/** All channel kinds, by their name in configs. */
export const channelKinds = {
  terminal,
} satisfies Record<string, ChannelKind>;
