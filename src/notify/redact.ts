const MASK = "***";

/** A part of the path of a URL that is this long can be a secret itself, as in a Slack webhook, characters. */
const LONG_PART = 8;

/** A shorter beginning of a secret says little, and could be the end of any text, characters. */
const SHORTEST_BEGUN = 4;

/** What could be an encoded secret. Bounded, because texts come from outside. */
const ENCODED = /[\w+/%-]{8,4096}={0,2}/g;

/** Replaces secrets in a text by `***`, as they are and in base64 or percent encoding, in any case. */
export type Redact = (text: string) => string;

export function createRedact(secrets: readonly string[]): Redact {
  const forms = new Set(secrets.flatMap(formsOf).filter((form) => form.trim() !== ""));
  if (forms.size === 0) return (text) => text;
  // The longest first: a secret can be a part of another one.
  const sorted = [...forms].sort((a, b) => b.length - a.length);
  const exact = new RegExp(sorted.map(escaped).join("|"), "gi");
  return (text) => {
    const plain = text.replace(exact, MASK);
    const decoded = plain.replace(ENCODED, (word) =>
      decodings(word).some((each) => each.search(exact) >= 0) ? MASK : word,
    );
    return withoutBegun(decoded, sorted);
  };
}

/** Masks the beginning of a secret at the end of a text that was cut. */
function withoutBegun(text: string, secrets: readonly string[]): string {
  const lower = text.toLowerCase();
  const begun = (secret: string) => {
    let length = Math.min(secret.length - 1, text.length);
    while (length >= SHORTEST_BEGUN && !lower.endsWith(secret.slice(0, length).toLowerCase())) length -= 1;
    return length < SHORTEST_BEGUN ? 0 : length;
  };
  const longest = secrets.reduce((most, secret) => Math.max(most, begun(secret)), 0);
  return longest === 0 ? text : `${text.slice(0, -longest)}${MASK}`;
}

/** A secret and its parts that are secret by themselves. */
function formsOf(secret: string): string[] {
  const written = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())];
  return [...written, ...secret.split(/[\r\n]+/), ...partsOfUrl(secret)];
}

function partsOfUrl(text: string): string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.host === "") return [];
  const path = `${url.pathname}${url.search}`;
  const parts = [path, ...url.pathname.split("/"), ...url.searchParams.values()];
  return [...parts.filter((part) => part.length >= LONG_PART), url.href, url.password, decoded(url.password)];
}

function decodings(word: string): string[] {
  return [Buffer.from(word, "base64").toString("latin1"), decoded(word)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
