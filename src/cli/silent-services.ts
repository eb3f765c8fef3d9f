import type { Snapshot } from "../monitor/types.ts";

/** Services nothing was ever seen of: in virtual time nothing outside the process can be asked. */
export function silentServices(snapshot: Snapshot): string[] {
  return snapshot.services
    .filter((service) => service.lastSeenAt === undefined)
    .map((service) => service.name);
}
