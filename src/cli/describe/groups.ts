/** The registries, as `describe` calls them. */
export const GROUPS = ["sources", "models", "faults", "rules", "store"] as const;
export type Group = (typeof GROUPS)[number];
