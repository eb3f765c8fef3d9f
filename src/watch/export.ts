import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Outcome } from "../monitor/types.ts";
import { alertsCsv } from "../report/alerts-csv.ts";
import { alertsJson } from "../report/alerts-report.ts";
import type { ExportContent, Exporter } from "../ui/exports.ts";

/** Why a file could not be written, by error code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is exceeded",
  ENAMETOOLONG: "its name is too long",
};

/**
 * Writes exports to files. An existing file is replaced only on request.
 * @param cwd the folder of relative names; throws if it was deleted
 * @param home the folder that ~ stands for
 */
export function createExporter(cwd: () => string, home: string | undefined): Exporter {
  return async ({ file, replace, what, content }): Promise<Outcome> => {
    try {
      const path = resolve(
        cwd(),
        home !== undefined && /^~(?=\/|$)/.test(file) ? join(home, file.slice(1)) : file,
      );
      await writeFile(path, textOf(content), { flag: replace ? "w" : "wx" });
      return { done: true, text: `wrote ${what} to ${path}` };
    } catch (error) {
      return { done: false, text: problemText(file, error as NodeJS.ErrnoException) };
    }
  };
}

function textOf(content: ExportContent): string {
  if (content.type === "text") return content.text;
  const { format, alerts, snapshot } = content;
  return format === "csv" ? alertsCsv(alerts, snapshot) : alertsJson(alerts, snapshot);
}

function problemText(file: string, { code = "", message }: NodeJS.ErrnoException): string {
  if (code === "EEXIST") return `${file} exists already; write ! after its name to replace it`;
  return `cannot write ${file}: ${REASONS[code] ?? message}`;
}
