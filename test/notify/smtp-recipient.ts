import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { Recipient } from "./recipients.ts";

export interface SmtpRecipient extends Recipient {
  readonly port: number;
  /** The mails that it accepted, as they came. */
  readonly mails: readonly { readonly to: readonly string[]; readonly source: string }[];
}

const PASSWORD = "Tk_smtp_b1946ac92492d2347c";

function failure(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** A real SMTP server on a free local port, with a login and without TLS. */
export async function smtpRecipient(given: SMTPServerOptions = {}): Promise<SmtpRecipient> {
  const mails: { to: string[]; source: string }[] = [];
  const sockets = new Set<Socket>();
  let mode: "works" | "fails" | "refuses" | "hangs" | "closesEarly" = "works";
  let came = () => {};
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onConnect(_session, done) {
      if (mode === "hangs") came();
      else if (mode === "closesEarly") for (const socket of sockets) socket.destroy();
      else done();
    },
    onAuth({ username, password }, _session, done) {
      if (mode === "refuses") {
        const plain = Buffer.from(`\0${username}\0${password}`).toString("base64");
        done(
          failure(
            535,
            `no ${username} ${password} ${plain} ${Buffer.from(password ?? "").toString("base64")}`,
          ),
        );
      } else if (password === PASSWORD) done(null, { user: username });
      else done(failure(535, "wrong password"));
    },
    onData(stream, session, done) {
      let source = "";
      stream.on("data", (part) => {
        source += part;
      });
      stream.on("end", () => {
        if (mode === "fails") {
          done(failure(451, "try later"));
          return;
        }
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
    logger: false,
    ...given,
  });
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    mails,
    options: {
      host: "127.0.0.1",
      port,
      tls: "none",
      user: "faultline",
      password: "$" + "{env:SMTP_PASSWORD}",
      from: "faultline@shop.example",
      to: ["alice@shop.example"],
    },
    env: { SMTP_PASSWORD: PASSWORD },
    secrets: [
      PASSWORD,
      Buffer.from(PASSWORD).toString("base64"),
      Buffer.from(`\0faultline\0${PASSWORD}`).toString("base64"),
    ],
    arrived: () => mails.map(({ source }) => source).join("\n"),
    works: () => {
      mode = "works";
    },
    fails: () => {
      mode = "fails";
    },
    refuses: () => {
      mode = "refuses";
    },
    closesEarly: () => {
      mode = "closesEarly";
    },
    hangs: () => {
      mode = "hangs";
      return new Promise((resolve) => {
        came = resolve;
      });
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
