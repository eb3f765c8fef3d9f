/**
 * What a failed connection is called on screen, by the code that Node or OpenSSL gives it. The only place
 * where codes become words.
 */
const PLAIN: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  ECONNABORTED: "connection aborted",
  EPIPE: "connection closed while the request was sent",
  ETIMEDOUT: "connection timed out",
  EHOSTUNREACH: "host unreachable",
  EHOSTDOWN: "host is down",
  ENOTFOUND: "DNS name not found",
  EAI_AGAIN: "DNS lookup failed",
  EAI_NODATA: "DNS name has no address",

  CERT_HAS_EXPIRED: "TLS certificate expired",
  CERT_NOT_YET_VALID: "TLS certificate is not valid yet",
  CERT_REVOKED: "TLS certificate was revoked",
  CERT_UNTRUSTED: "TLS certificate is not trusted",
  CERT_REJECTED: "TLS certificate is not trusted",
  CERT_SIGNATURE_FAILURE: "TLS certificate has a wrong signature",
  DEPTH_ZERO_SELF_SIGNED_CERT: "TLS certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "TLS certificate chain ends in a self-signed certificate",
  UNABLE_TO_GET_ISSUER_CERT: "TLS certificate is from an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "TLS certificate is from an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "TLS certificate is from an unknown authority",
  ERR_TLS_CERT_ALTNAME_INVALID: "TLS certificate is for another name",

  HPE_HEADER_OVERFLOW: "response headers too large",
};

/** Families of codes too many to list; the first that fits. */
const FAMILIES: readonly (readonly [prefix: string, words: string])[] = [
  ["HPE_", "not an HTTP response"],
  ["ERR_SSL_", "TLS handshake failed"],
  ["EPROTO", "TLS handshake failed"],
  ["CERT_", "TLS certificate is not valid"],
];

/**
 * Several causes share a code, and only the words of Node or OpenSSL tell them apart. They mean different
 * things to whoever looks for the fault: a crash, a load balancer without a backend, the wrong port.
 */
const BY_MESSAGE: readonly (readonly [code: string, part: string, words: string])[] = [
  ["ECONNRESET", "before secure TLS connection", "connection closed during the TLS handshake"],
  ["ECONNRESET", "socket hang up", "connection closed without a response"],
  ["ECONNRESET", "aborted", "connection closed in the middle of the response"],
  ["EPROTO", "wrong version number", "no TLS spoken there"],
  ["EPROTO", "packet length too long", "no TLS spoken there"],
  ["EPROTO", "alert protocol version", "no TLS version in common"],
  ["EPROTO", "unsupported protocol", "no TLS version in common"],
];

/** Longest reason that is shown, characters. */
const MAX_LENGTH = 200;

/** Trouble of the machine that looks, which must not be blamed on the service. */
const LOCAL: Readonly<Record<string, string>> = {
  EMFILE: "too many open files here",
  ENFILE: "too many open files here",
  ENOBUFS: "no network buffers left here",
  ENOMEM: "no memory left here",
  EADDRNOTAVAIL: "no free local port or address here",
  ENETDOWN: "the network is down here",
  ENETUNREACH: "the network cannot be reached from here",
};

/** The plain words for why an exchange failed, one printable line. Unknown codes keep their own name. */
export function plainError(error: unknown): string {
  return printable(wordsFor(error));
}

function wordsFor(thrown: unknown): string {
  const error = tellingOf(thrown);
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === undefined) return message;
  const special = BY_MESSAGE.find(([of, part]) => of === code && message.includes(part));
  const family = FAMILIES.find(([prefix]) => code.startsWith(prefix));
  return special?.[2] ?? PLAIN[code] ?? LOCAL[code] ?? family?.[1] ?? `${message} (${code})`;
}

/** The words for trouble of this machine itself; undefined when the fault lies elsewhere. */
export function localTrouble(error: unknown): string | undefined {
  const code = codeOf(tellingOf(error));
  return code === undefined ? undefined : LOCAL[code];
}

/**
 * The remote side may have had a hand in the words (an address, a certificate's name): control characters
 * would reach a terminal as commands.
 */
function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ");
  return clean.length <= MAX_LENGTH ? clean : `${clean.slice(0, MAX_LENGTH - 1)}…`;
}

/**
 * A name with several addresses fails with one error for each. An address that this machine cannot reach (no
 * IPv6 here, say) tells less than one where somebody refused.
 */
function tellingOf(error: unknown): unknown {
  if (!(error instanceof AggregateError) || error.errors.length === 0) return error;
  const errors: readonly unknown[] = error.errors;
  return errors.find((each) => LOCAL[codeOf(each) ?? ""] === undefined) ?? errors[0];
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
