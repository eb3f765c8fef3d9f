import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";

/**
 * The offset of the value at `path`, or of the key `key` of the map at `path`. For a path that is not in the
 * text (a missing key, the inside of an alias), the nearest enclosing value. For an empty value, its key.
 */
export function positionOf(document: Document, path: readonly PropertyKey[], key?: string): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else if (isMap(node)) {
      const pair = findPair(node.items, String(step));
      if (pair === undefined) return offset;
      node = pair.value;
      offset = isEmpty(node) ? (startOf(pair.key) ?? offset) : (startOf(node) ?? offset);
    } else {
      return offset;
    }
  }
  if (key === undefined || !isMap(node)) return offset;
  return startOf(findPair(node.items, key)?.key) ?? offset;
}

/** The last pair with this key: of duplicate keys the last one counts. */
function findPair(pairs: readonly Pair[], key: string): Pair | undefined {
  return pairs.findLast(({ key: node }) => (isScalar(node) ? String(node.value) === key : node === key));
}

/** The offset at which a node starts; undefined if it is not in the text. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

function isNode(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
}
