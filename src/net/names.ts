import { readFileSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { platform } from "node:os";

/** The addresses of the machine's own list of names (hosts(5)), by name in lower case. */
export type HostsFile = ReadonlyMap<string, readonly string[]>;

/** How names without a final dot are completed (resolv.conf(5)). */
export interface SearchList {
  readonly domains: readonly string[];
  /** A name with fewer dots is first tried with the domains. */
  readonly ndots: number;
}

const HOSTS = platform() === "win32" ? "C:\\Windows\\System32\\drivers\\etc\\hosts" : "/etc/hosts";
const RESOLV_CONF = "/etc/resolv.conf";

/** Parses hosts(5). */
export function parseHosts(text: string): HostsFile {
  const hosts = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const [address = "", ...names] = withoutComment(line).split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      hosts.set(key, [...new Set([...(hosts.get(key) ?? []), address])]);
    }
  }
  return hosts;
}

/** Parses the search list of resolv.conf(5); the last `search` or `domain` counts. */
export function parseSearchList(text: string): SearchList {
  let domains: readonly string[] = [];
  let ndots = 1;
  for (const line of text.split(/\r?\n/)) {
    const [key, ...values] = withoutComment(line).split(/\s+/);
    if (key === "search") domains = values;
    if (key === "domain") domains = values.slice(0, 1);
    const written = key === "options" ? values.findLast((value) => /^ndots:\d+$/.test(value)) : undefined;
    // More than 15 means 15.
    if (written !== undefined) ndots = Math.min(15, Number(written.slice("ndots:".length)));
  }
  return { domains: domains.map((domain) => domain.replace(/\.$/, "")).filter((name) => name !== ""), ndots };
}

/** The names to ask for, in order. */
export function candidates(name: string, { domains, ndots }: SearchList): readonly string[] {
  if (name.endsWith(".")) return [name.slice(0, -1)];
  const completed = domains.map((domain) => `${name}.${domain}`);
  return name.split(".").length - 1 >= ndots ? [name, ...completed] : [...completed, name];
}

/**
 * The addresses of a name that this machine knows itself; undefined if it has to be asked for. `localhost`
 * never leaves the machine (RFC 6761).
 */
export function knownHere(name: string, hosts: HostsFile = hostsFile()): readonly string[] | undefined {
  const key = name.toLowerCase().replace(/\.$/, "");
  const isLocal = key === "localhost" || key.endsWith(".localhost");
  return hosts.get(key) ?? (isLocal ? ["127.0.0.1", "::1"] : undefined);
}

/** The search list of this machine, read again when its file changes. */
export const searchList: () => SearchList = cachedFile(RESOLV_CONF, parseSearchList);

const hostsFile = cachedFile(HOSTS, parseHosts);

function withoutComment(line: string): string {
  return line.replace(/[#;].*/, "").trim();
}

/** Synchronous, because asynchronous reads wait for threads that other work can occupy. */
function cachedFile<Parsed>(path: string, parse: (text: string) => Parsed): () => Parsed {
  let version: string | undefined;
  let parsed = parse("");
  return () => {
    const stat = statSync(path, { throwIfNoEntry: false });
    const current = stat === undefined ? "none" : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    if (current === version) return parsed;
    version = current;
    parsed = parse(stat === undefined ? "" : readText(path));
    return parsed;
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
