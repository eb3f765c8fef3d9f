import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import type { Notification } from "../../core/notification.ts";
import { payloadOf } from "../payload.ts";
import { runProgram } from "../run-program.ts";
import { BODY, TEN_PER_MINUTE, TITLE } from "../templates.ts";
import type { ChannelKind, Rendered } from "../types.ts";

const part = lazy(() => z.string().min(1).max(4096));

const schema = lazy(() =>
  z.strictObject({
    command: list(part(), 100, {
      problem: 'must be a list: the program and its arguments, such as ["notify-send", "hi"]',
    })
      .min(1, "must name a program")
      .describe("the program and its arguments; no shell is involved"),
    shell: z
      .boolean()
      .default(false)
      .describe("run the first part as a line of /bin/sh instead, with the other parts as $1, $2 ..."),
    env: z
      .record(z.string().regex(/^[A-Za-z_]\w*$/, "must be the name of a variable"), z.string().max(4096))
      .default({})
      .describe("its environment variables, by name, beside PATH, HOME, the locale and those of the desktop"),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

/** What a script can use without reading JSON. */
function variablesOf(notification: Notification, { title, body }: Rendered): Record<string, string> {
  return {
    FAULTLINE_KEY: notification.key,
    FAULTLINE_GROUP_KEY: notification.groupKey,
    FAULTLINE_REASON: notification.reason,
    FAULTLINE_SEVERITY: notification.severity,
    FAULTLINE_RECEIVER: notification.receiver,
    FAULTLINE_CHANNEL: notification.channel,
    FAULTLINE_TITLE: title,
    FAULTLINE_BODY: body,
  };
}

/** What a program needs to run. Other variables can be the secrets of other channels. */
const INHERITED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|DISPLAY|WAYLAND_DISPLAY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS)$/;

function inherited(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => INHERITED.test(name)));
}

/** Whether a program is there, as execvp(3) looks for it. */
function isProgram(name: string, path: string): boolean {
  const candidates = name.includes("/") ? [name] : path.split(delimiter).map((folder) => join(folder, name));
  return candidates.some((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Any program of this machine. */
export const command: ChannelKind<Options> = {
  kind: "command",
  description:
    "Runs a program with the notification as JSON on its standard input and in environment variables. Exit 0 is " +
    "success; 64, 65, 77, 78, 126 and 127 are not worth a retry, other codes are.",
  get schema() {
    return schema();
  },
  example: { name: "page", kind: "command", command: ["/usr/local/bin/page", "--team", "payments"] },
  template: { title: TITLE, body: BODY },
  secrets: ["env"],
  rate: TEN_PER_MINUTE,
  targetProblems({ command: [program = ""], shell }, { env }) {
    if (shell || isProgram(program, env.PATH ?? "")) return [];
    const where = isAbsolute(program) ? "" : " in PATH";
    return [{ path: ["command", 0], message: `names a program that is not there or cannot be run${where}` }];
  },
  preview: (_options, notification, rendered) => JSON.stringify(payloadOf(notification, rendered), null, 2),
  open: (options, context) => ({
    send(notification, rendered, signal) {
      const [program = "", ...args] = options.command;
      const env = { ...inherited(context.env), ...variablesOf(notification, rendered), ...options.env };
      const input = `${JSON.stringify(payloadOf(notification, rendered))}\n`;
      return options.shell
        ? runProgram("/bin/sh", ["-c", program, "sh", ...args], env, input, signal, context.clock)
        : runProgram(program, args, env, input, signal, context.clock);
    },
    close() {},
  }),
};
