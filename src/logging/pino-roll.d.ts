declare module "pino-roll" {
  import type { SonicBoom, SonicBoomOpts } from "sonic-boom";

  interface RollOptions extends Omit<SonicBoomOpts, "dest"> {
    readonly file: string;
    /** "5m": so many megabytes */
    readonly size?: string;
    readonly limit?: { readonly count: number; readonly removeOtherLogFiles?: boolean };
  }

  export default function roll(options: RollOptions): Promise<SonicBoom>;
}
