// Loaded into the program by failing-calls.test.ts: a share of the calls that write, read or look at files fails.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const share = Number(process.env.FAILING_SHARE ?? 0.02);
let state = Number(process.env.FAILING_SEED ?? 1) >>> 0;
/** mulberry32 */
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
const CODES = ["EAGAIN", "ENOSPC", "EIO"];
function failure(call) {
  const code = CODES[Math.floor(random() * CODES.length)];
  return Object.assign(new Error(`${code}: injected, ${call}`), { code, syscall: call });
}
let isArmed = false;
setTimeout(
  () => {
    isArmed = true;
  },
  Number(process.env.FAILING_AFTER_MS ?? 0),
).unref();
const isHit = () => isArmed && random() < share;

for (const name of [
  "writeSync",
  "readSync",
  "openSync",
  "statSync",
  "readdirSync",
  "fstatSync",
  "readFileSync",
]) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (isHit()) throw failure(name);
    return real(...args);
  };
}
for (const name of ["write", "read", "open", "stat", "readFile", "readdir"]) {
  const real = fs[name];
  fs[name] = (...args) => {
    const done = args.at(-1);
    if (typeof done === "function" && isHit()) queueMicrotask(() => done(failure(name)));
    else real(...args);
  };
}
for (const name of ["open", "readFile", "stat", "readdir"]) {
  const real = fs.promises[name];
  fs.promises[name] = async (...args) => {
    if (isHit()) throw failure(name);
    return real(...args);
  };
}
const write = net.Socket.prototype._write;
net.Socket.prototype._write = function (chunk, encoding, done) {
  if (isHit()) done(failure("write"));
  else write.call(this, chunk, encoding, done);
};
syncBuiltinESMExports();
