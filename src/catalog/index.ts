import { ruleKinds } from "../alerts/rules/index.ts";
import { ruleTemplates } from "../alerts/templates/index.ts";
import type { RuleTemplate } from "../alerts/templates/types.ts";
import { channelKinds } from "../notify/channels/index.ts";
import { sourceKinds } from "../sources/index.ts";
import { worldKinds } from "../worlds/index.ts";
import { type Catalog, createCatalog } from "./catalog.ts";

/** All built-in kinds. */
export const catalog: Catalog = createCatalog(
  Object.values(sourceKinds),
  Object.values(worldKinds),
  Object.values(ruleKinds),
  sourceKinds.simulated.kind,
  Object.values(channelKinds),
  Object.values<RuleTemplate<unknown>>(ruleTemplates),
);

export { type Catalog, createCatalog, isSimulated } from "./catalog.ts";
