import type { Incident } from "../../core/incident.ts";

/** The key of an incident as an item of a panel; that of an alert is its fingerprint. */
export const incidentKey = ({ id }: Pick<Incident, "id">) => `incident:${id}`;
