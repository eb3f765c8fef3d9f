import { fitText, span } from "../text/line.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import { latencyValue } from "../text/values.ts";
import type { PanelKind } from "./types.ts";

const P99 = 8;

/** For the smallest screens: a service is a sign, a name, its p99 and whether it is being broken. */
export const compact: PanelKind = {
  kind: "compact",
  title: () => "",
  paint(view, size) {
    const { services, selected, snapshot, glyphs } = view;
    if (services.length === 0) return emptyRows("no service matches the filter", size);
    const top = scrollTop(
      services.findIndex(({ name }) => name === selected?.name),
      services.length,
      size.height,
    );
    return services.slice(top, top + size.height).map((service) => {
      const isSelected = service.name === selected?.name;
      const broken = snapshot.faults.some(
        (card) => card.service === service.name && card.endedAt === undefined,
      );
      const p99 = latencyValue(view, service, "p99");
      return {
        selected: isSelected,
        line: [
          span(isSelected ? `${glyphs.selection} ` : "  ", "accent"),
          span(`${glyphs.health[service.health]} `, service.health),
          span(
            fitText(service.name, Math.max(6, size.width - 4 - P99 - 5), glyphs.ellipsis),
            isSelected ? "title" : "text",
          ),
          span(fitText(p99.text, P99, "", "right"), p99.role),
          span(" ms", "dim"),
          span(broken ? ` ${glyphs.fault}` : "  ", "fault"),
        ],
      };
    });
  },
};
