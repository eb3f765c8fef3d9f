import { type Document, isAlias, isScalar, visit } from "yaml";
import { startOf } from "./positions.ts";

/** The first alias without an anchor before it; undefined if there is none. */
export function looseAlias(document: Document): number | undefined {
  const anchors = new Set<string>();
  let loose: number | undefined;
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return undefined;
      }
      if (anchors.has(node.source)) return undefined;
      loose = startOf(node);
      return visit.BREAK;
    },
  });
  return loose;
}

/**
 * Offsets of duplicate keys. The parser can check this too, but in quadratic time, which is a minute for the
 * longest possible map.
 */
export function doubledKeys(document: Document): number[] {
  const doubled: number[] = [];
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name)) doubled.push(startOf(key) ?? 0);
        seen.add(name);
      }
    },
  });
  return doubled;
}
