import { createSocket } from "node:dgram";
import { onTestFinished } from "vitest";

/** The type of a question for IPv4 addresses (RFC 1035). */
const TYPE_A = 1;

/**
 * A name server on this machine (RFC 1035), which knows these names and one IPv4 address for each. It is
 * closed after the test.
 * @param answer undefined: it never answers
 */
export async function nameServer(answer: Readonly<Record<string, string>> | undefined) {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  const question = Promise.withResolvers<void>();
  socket.on("message", (query, from) => {
    const { name, type, end } = questionOf(query);
    asked.push(name);
    question.resolve();
    if (answer === undefined) return;
    const address = answer[name];
    const found = address !== undefined && type === TYPE_A;
    const header = Buffer.from(query.subarray(0, 12));
    // A response with recursion; code 3 is "no such name".
    header.writeUInt16BE(0x8180 | (address === undefined ? 3 : 0), 2);
    header.writeUInt16BE(found ? 1 : 0, 6);
    header.writeUInt32BE(0, 8);
    const record = Buffer.from([0xc0, 12, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4]);
    const data = Buffer.from((address ?? "").split(".").map(Number));
    socket.send(
      Buffer.concat([header, query.subarray(12, end), ...(found ? [record, data] : [])]),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return { servers: [`127.0.0.1:${socket.address().port}`], asked, firstQuestion: question.promise };
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), type: query.readUInt16BE(at + 1), end: at + 5 };
}
