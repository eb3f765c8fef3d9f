import xterm from "@xterm/headless";

export type Terminal = InstanceType<typeof xterm.Terminal>;

/** A terminal without a window. */
export function createTerminal(columns: number, rows: number): Terminal {
  return new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
}

/** Feeds bytes and waits until they are on the screen. */
export function feed(terminal: Terminal, bytes: string): Promise<void> {
  return new Promise((resolve) => terminal.write(bytes, resolve));
}

/** The text of each row, without trailing blanks. */
export function linesOf(terminal: Terminal): string[] {
  const { active } = terminal.buffer;
  return Array.from(
    { length: terminal.rows },
    (_, row) =>
      active
        .getLine(active.baseY + row)
        ?.translateToString(true)
        .trimEnd() ?? "",
  );
}

/** The visible content and style of each cell as a string, row by row. */
export function cellsOf(terminal: Terminal): string[] {
  const { active } = terminal.buffer;
  const seen: string[] = [];
  for (let row = 0; row < terminal.rows; row++) {
    const line = active.getLine(active.baseY + row)!;
    for (let column = 0; column < terminal.cols; column++) {
      const cell = line.getCell(column)!;
      const text = cell.getChars() || (cell.getWidth() === 0 ? "" : " ");
      const shows = [cell.isUnderline(), cell.isInverse(), cell.isStrikethrough()].map(Boolean);
      const background = `${cell.getBgColorMode()}:${cell.getBgColor()}`;
      const isPlainBlank = text === " " && !shows.includes(true);
      const letter = [
        `${cell.getFgColorMode()}:${cell.getFgColor()}`,
        ...[cell.isBold(), cell.isDim(), cell.isItalic()].map(Boolean),
      ];
      seen.push([text, cell.getWidth(), background, ...shows, ...(isPlainBlank ? [] : letter)].join(" "));
    }
  }
  return seen;
}
