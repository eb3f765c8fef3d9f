/** Messages for failed connections, by error code of Node or OpenSSL. */
const PLAIN: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  ECONNABORTED: "connection aborted",
  EPIPE: "connection closed while sending the request",
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

/** Prefixes of codes that are too many to list; the first match counts. */
const FAMILIES: readonly (readonly [prefix: string, words: string])[] = [
  ["HPE_", "not an HTTP response"],
  ["ERR_SSL_", "TLS handshake failed"],
  ["EPROTO", "TLS handshake failed"],
  ["CERT_", "TLS certificate is not valid"],
];

/**
 * Causes that share a code and differ only in the message of Node or OpenSSL. They point to different
 * faults: a crash, a load balancer without a backend, the wrong port.
 */
const BY_MESSAGE: readonly (readonly [code: string, part: string, words: string])[] = [
  ["ECONNRESET", "before secure TLS connection", "connection closed during the TLS handshake"],
  ["ECONNRESET", "socket hang up", "connection closed without a response"],
  ["ECONNRESET", "aborted", "connection closed in the middle of the response"],
  ["EPROTO", "wrong version number", "the server does not use TLS"],
  ["EPROTO", "packet length too long", "the server does not use TLS"],
  ["EPROTO", "alert protocol version", "no common TLS version"],
  ["EPROTO", "unsupported protocol", "no common TLS version"],
];

/** Longest reason on screen, characters. */
const MAX_LENGTH = 200;

/** Problems of the local machine, which are not failures of the service. */
const LOCAL: Readonly<Record<string, string>> = {
  EMFILE: "too many open files on this machine",
  ENFILE: "too many open files on this machine",
  ENOBUFS: "no network buffers left on this machine",
  ENOMEM: "no memory left on this machine",
  EADDRNOTAVAIL: "no free local port or address on this machine",
  ENETDOWN: "the network of this machine is down",
  ENETUNREACH: "the network is unreachable from this machine",
};

/** Why an exchange failed, as one printable line. Unknown codes keep their name. */
export function plainError(error: unknown): string {
  return printable(wordsFor(error));
}

function wordsFor(thrown: unknown): string {
  const error = significant(thrown);
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === undefined) return message;
  const special = BY_MESSAGE.find(([of, part]) => of === code && message.includes(part));
  const family = FAMILIES.find(([prefix]) => code.startsWith(prefix));
  return special?.[2] ?? PLAIN[code] ?? LOCAL[code] ?? family?.[1] ?? `${message} (${code})`;
}

/** The problem of this machine that caused the failure; undefined for other causes. */
export function localProblem(error: unknown): string | undefined {
  const code = codeOf(significant(error));
  return code === undefined ? undefined : LOCAL[code];
}

/**
 * Parts of a message can come from the server (an address, a certificate name): control characters must not
 * reach the terminal.
 */
function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ");
  return clean.length <= MAX_LENGTH ? clean : `${clean.slice(0, MAX_LENGTH - 1)}…`;
}

/**
 * The most relevant of several errors: a name with several addresses gives one error per address. An address
 * that this machine cannot reach (for example without IPv6) is less relevant than a refused connection.
 */
function significant(error: unknown): unknown {
  if (!(error instanceof AggregateError) || error.errors.length === 0) return error;
  const errors: readonly unknown[] = error.errors;
  return errors.find((each) => LOCAL[codeOf(each) ?? ""] === undefined) ?? errors[0];
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
