/** The registries, in the order in which `describe` lists them. */
export const GROUPS = [
  "worlds",
  "sources",
  "entities",
  "faults",
  "actions",
  "rules",
  "templates",
  "channels",
  "models",
  "store",
] as const;
export type Group = (typeof GROUPS)[number];
