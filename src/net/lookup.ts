import { type LookupAddress, Resolver, lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { candidates, knownHere, searchList } from "./names.ts";

/** The name lookups of one probe. */
export interface NameLookup {
  readonly lookup: LookupFunction;
  /** Whether name servers have been asked and have not answered yet. */
  isWaiting(): boolean;
}

/** How long a name server may take before it is asked again, ms, and how often it is asked. */
const PATIENCE = { timeout: 2_000, tries: 4 } as const;
/** Name servers that answer within this time are alive, ms. */
const PROMPT_MS = 1_000;

/** There is no such name, none with such an address, or there can be none. */
const ABSENT: readonly unknown[] = ["ENOTFOUND", "ENODATA", "EBADNAME"];

/**
 * Looks names up so that it can be cancelled: the hosts file first, then name servers (with the search list
 * of this machine) through c-ares.
 *
 * `getaddrinfo`, which Node uses otherwise, cannot be cancelled. With a dead name server it occupies one of
 * four threads for many seconds: files and the terminal, which use the same threads, stand still, and the
 * process cannot end before. It is asked only for names that name servers do not know but answered promptly:
 * mDNS and other services of the machine.
 *
 * @param signal cancels the lookups
 * @param servers name servers to ask, as `address:port`; default: those of this machine
 */
export function createNameLookup(signal: AbortSignal, servers?: readonly string[]): NameLookup {
  let waiting = 0;

  async function resolve(name: string, family: number): Promise<LookupAddress[]> {
    const known = knownHere(name);
    if (known !== undefined) return addresses(known, family);
    const resolver = new Resolver(PATIENCE);
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    const startedAt = performance.now();
    waiting += 1;
    try {
      for (const candidate of candidates(name, searchList())) {
        const found = await ask(resolver, candidate, family);
        if (found.length > 0) return found;
      }
    } finally {
      // Those that were cancelled still count: they are why the probe took so long.
      if (!signal.aborted) waiting -= 1;
      signal.removeEventListener("abort", cancel);
    }
    if (performance.now() - startedAt > PROMPT_MS) throw nameError("ENOTFOUND", name);
    return askSystem(name, family);
  }

  return {
    isWaiting: () => waiting > 0,
    lookup(name, options, callback) {
      resolve(name, familyOf(options.family)).then(
        (found) => {
          const [first] = found;
          if (first === undefined) callback(nameError("ENOTFOUND", name), "", 0);
          else if (options.all) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, "", 0),
      );
    },
  };
}

/** The addresses of one name; empty if it does not exist. */
async function ask(resolver: Resolver, name: string, family: number): Promise<LookupAddress[]> {
  const [v4, v6] = await Promise.allSettled([
    family === 6 ? [] : asked((done) => resolver.resolve4(name, done)),
    family === 4 ? [] : asked((done) => resolver.resolve6(name, done)),
  ]);
  const found = [v4, v6].flatMap((each) => (each.status === "fulfilled" ? each.value : []));
  if (found.length > 0) return addresses(found, family);
  const failed = [v4, v6].find((each) => each.status === "rejected" && !ABSENT.includes(each.reason.code));
  // The name server did not answer, or refused to.
  if (failed !== undefined) throw nameError("EAI_AGAIN", name);
  return [];
}

type Done = (error: NodeJS.ErrnoException | null, addresses: string[]) => void;

function asked(start: (done: Done) => void): Promise<string[]> {
  return new Promise((resolve, reject) => {
    start((error, found) => (error === null ? resolve(found) : reject(error)));
  });
}

function askSystem(name: string, family: number): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(name, { all: true, family }, (error, found) =>
      error === null ? resolve(found) : reject(error),
    );
  });
}

/** In the order to try them: IPv6 first only if this machine has it (RFC 6724). */
function addresses(found: readonly string[], family: number): LookupAddress[] {
  const all = found.map((address) => ({ address, family: isIP(address) }));
  const wanted = all.filter((each) => family === 0 || each.family === family);
  const first = hasGlobalIpv6() ? 6 : 4;
  return wanted.toSorted((a, b) => Number(b.family === first) - Number(a.family === first));
}

function hasGlobalIpv6(): boolean {
  return Object.values(networkInterfaces()).some((each) =>
    each?.some(
      ({ family, internal, address }) => family === "IPv6" && !internal && !address.startsWith("fe80"),
    ),
  );
}

function familyOf(family: number | "IPv4" | "IPv6" | undefined): number {
  if (family === "IPv4") return 4;
  if (family === "IPv6") return 6;
  return family ?? 0;
}

/** As `getaddrinfo` reports it. */
function nameError(code: "ENOTFOUND" | "EAI_AGAIN", name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code, hostname: name });
}
