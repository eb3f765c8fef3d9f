import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import { entityLabels, entityName } from "../../core/names.ts";
import { service } from "../../kinds/service.ts";
import type { WorldKind } from "../types.ts";
import { serviceFaults } from "./faults/index.ts";
import { type SimOptions, serviceLinks, simOptionsSchema } from "./options.ts";
import { serviceAdvice } from "./service-time.ts";
import { openSimulation } from "./simulation.ts";
import { workProblems } from "./work.ts";

const serviceSchema = lazy(() =>
  simOptionsSchema().safeExtend({
    name: entityName().describe("unique name, up to 40 characters"),
    labels: entityLabels().prefault({}).describe("free-form labels, such as endpoint, region or team"),
  }),
);

const worldSchema = lazy(() =>
  z.strictObject({
    services: list(serviceSchema(), 25_000, { problem: "must be a list of services", of: "services" })
      .min(1, "must list at least one service")
      .superRefine((services, context) => {
        const names = new Set<string>();
        for (const [index, { name }] of services.entries()) {
          if (names.has(name)) {
            const message = `"${name}" is already the name of a service above; use another name`;
            context.addIssue({ code: "custom", path: [index, "name"], message });
          }
          names.add(name);
        }
      })
      .describe("the simulated services"),
  }),
);

export type ServicesOptions = z.output<ReturnType<typeof worldSchema>>;

/** Simulated services that call each other. */
export const services: WorldKind<ServicesOptions> = {
  kind: "services",
  description: "simulated services that call each other, with load, queues and failure phases",
  get schema() {
    return worldSchema();
  },
  example: {
    world: "services",
    name: "shop",
    options: {
      services: [
        { name: "cart", base_latency: "20ms", rate: 50, calls: [{ service: "stock" }] },
        { name: "stock", base_latency: "10ms", rate: 0 },
      ],
    },
  },
  entityKinds: [service],
  faultKinds: Object.values(serviceFaults),
  actionKinds: [],
  entities: (options) =>
    options.services.map(({ name, labels, ...rest }) => ({
      name,
      kind: service.kind,
      labels,
      links: serviceLinks(rest),
      cadenceMs: rest.interval,
      options: rest satisfies SimOptions,
    })),
  problems: ({ services }) =>
    workProblems(services.map(({ name, labels: _, ...options }) => ({ name, options }))).map(
      ({ index, path, message }) => ({ path: ["services", index, ...path], message }),
    ),
  advice: ({ services }) =>
    services.flatMap(({ name: _, labels: __, ...options }, index) =>
      serviceAdvice(options).map(({ option, message }) => ({ path: ["services", index, option], message })),
    ),
  open: openSimulation,
};
