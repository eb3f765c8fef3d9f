import { mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChannelKind } from "../../src/notify/types.ts";
import { type HttpRecipient, httpRecipient, status } from "./http-recipient.ts";
import { smtpRecipient } from "./smtp-recipient.ts";

/** Something that a channel delivers to, for the tests that all kinds have in common. */
export interface Recipient {
  /** Options of the kind that lead to it. */
  readonly options: object;
  readonly env: Readonly<Record<string, string>>;
  /** Values that must never be seen anywhere. */
  readonly secrets: readonly string[];
  /** The texts of a channel of the terminal. */
  readonly terminal?: (sequence: string) => void;
  /** All that arrived so far, as one text. */
  arrived(): string;
  /** From now on it accepts what comes. */
  works(): void;
  /** From now on it takes what comes and never answers; returns what happens when something came. Absent: cannot. */
  hangs?(): Promise<void>;
  /** From now on it fails in a way that may pass. Absent: cannot. */
  fails?(): void;
  /** From now on it refuses for good, and shows everything that it was sent in doing so. Absent: cannot. */
  refuses?(): void;
  /** From now on it closes every connection before it answers. Absent: cannot. */
  closesEarly?(): void;
  close(): Promise<void>;
}

/** Every reference in the example of a kind, with a value that cannot occur by chance. */
function environment({ example }: ChannelKind): Record<string, string> {
  const names = [...JSON.stringify(example).matchAll(/\$\{env:(\w+)\}/g)].map((match) => match[1]!);
  return Object.fromEntries(names.map((name) => [name, `Tk_${name}_b1946ac92492d2347c`]));
}

/** For kinds that post to an URL: the example of the kind, with the URL of the server. */
async function http(kind: ChannelKind): Promise<Recipient> {
  const server = await httpRecipient();
  const env = environment(kind);
  const { name: _, kind: __, ...example } = kind.example;
  const isSecretUrl = kind.secrets.includes("url");
  const path = isSecretUrl ? "/services/T024BE7LD/xXPgT4bdFcNsaUdn6zzz" : "/";
  const list = "urls" in kind.schema.shape;
  return {
    options: { ...example, ...(list ? { urls: [server.url] } : { url: `${server.url}${path}` }) },
    env,
    secrets: [...Object.values(env), ...(isSecretUrl ? [path, "xXPgT4bdFcNsaUdn6zzz"] : [])],
    ...behaviour(server),
  };
}

function behaviour(server: HttpRecipient) {
  return {
    arrived: () => server.received.map(({ headers, body }) => JSON.stringify(headers) + body).join("\n"),
    works: () => {
      server.answer = status(200, {}, "ok");
    },
    hangs: () => {
      server.answer = () => {};
      return server.arrived(server.received.length + 1);
    },
    fails: () => {
      server.answer = status(503, {}, "try later");
    },
    refuses: () => {
      server.answer = (response, { path, headers, body }) => {
        const all = `${path} ${JSON.stringify(headers)} ${body}`;
        response
          .writeHead(400)
          .end(`no: ${all} ${Buffer.from(all).toString("base64")} ${encodeURIComponent(all)}`);
      };
    },
    closesEarly: () => {
      server.answer = (response) => response.destroy();
    },
    close: () => server.close(),
  };
}

/** A script that does what its environment says. */
const SCRIPT = `cat >> "$OUT"; case "$(cat "$DO")" in works) exit 0;; fails) exit 1;; hangs) echo > "$CAME"; sleep 60;;
  refuses) env; exit 64;; esac`;

async function program(): Promise<Recipient> {
  const folder = mkdtempSync(join(tmpdir(), "faultline-command-"));
  const [out, what, came] = ["out", "do", "came"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(out, "");
  const act = (word: string) => writeFileSync(what, word);
  act("works");
  return {
    options: {
      command: [SCRIPT],
      shell: true,
      env: { OUT: out, DO: what, CAME: came, API_TOKEN: "$" + "{env:PAGE_TOKEN}" },
    },
    env: { PAGE_TOKEN: "Tk_page_b1946ac92492d2347c", PATH: process.env.PATH! },
    secrets: ["Tk_page_b1946ac92492d2347c"],
    arrived: () => readFileSync(out, "utf8"),
    works: () => act("works"),
    fails: () => act("fails"),
    refuses: () => act("refuses"),
    hangs: () => {
      act("hangs");
      return new Promise((resolve) => {
        const watcher = watch(folder, (_, name) => {
          if (name !== "came") return;
          watcher.close();
          resolve();
        });
      });
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function file(): Promise<Recipient> {
  const folder = mkdtempSync(join(tmpdir(), "faultline-file-"));
  const path = join(folder, "record.jsonl");
  return {
    options: { path },
    env: {},
    secrets: [],
    arrived: () => readFileSync(path, "utf8"),
    works() {},
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function terminal(): Promise<Recipient> {
  let written = "";
  return {
    options: {},
    env: { TERM: "xterm-kitty" },
    secrets: [],
    terminal: (sequence) => {
      written += sequence;
    },
    arrived: () => written,
    works() {},
    close: async () => {},
  };
}

const OTHERS: Readonly<Record<string, () => Promise<Recipient>>> = {
  email: smtpRecipient,
  command: program,
  file,
  terminal,
};

/** A recipient for any kind. Kinds with the option `url` or `urls` need no other than an HTTP server. */
export function recipientFor(kind: ChannelKind): Promise<Recipient> {
  const other = OTHERS[kind.kind];
  if (other !== undefined) return other();
  if ("url" in kind.schema.shape || "urls" in kind.schema.shape) return http(kind);
  throw new Error(`The kind ${kind.kind} needs a recipient in test/notify/recipients.ts.`);
}
