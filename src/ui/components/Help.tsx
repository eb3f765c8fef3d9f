import { Box, Text } from "ink";
import { Table } from "ink-table";
import type { PropsWithChildren, ReactNode } from "react";
import { helpRows, maxScroll } from "../keymap/help.ts";
import { keymap } from "../keymap/index.ts";
import { ansiText } from "../screen/paint.ts";
import type { Session } from "../session.ts";
import type { Role } from "../text/line.ts";

export interface HelpProps {
  readonly session: Session;
  /** The first row to show, from 0. */
  readonly help: number;
  readonly height: number;
}

/** The help over the whole body; it scrolls on a short screen. */
export function Help({ session, help, height }: HelpProps) {
  const view = session.view();
  const palette = session.palette();
  const data = helpRows(view, keymap).map((row) => ({ ...row }));
  const top = Math.min(help, maxScroll(view, data.length));
  const vertical = view.glyphs.box.vertical;
  const text = (role: Role, children: ReactNode) => (
    <Text>{ansiText([{ text: String(children), role }], palette)}</Text>
  );
  // Without lines between the rows, which would double the height.
  const Skeleton = ({ children }: PropsWithChildren) =>
    String(children).includes("│") && !/[─┼]/.test(String(children))
      ? text("border", String(children).replaceAll("│", vertical))
      : null;
  const Cell = ({ children, column }: PropsWithChildren<{ column: number }>) =>
    text(column === 0 ? "accent" : "text", children);
  const Header = ({ children }: PropsWithChildren) => text("dim", children);
  return (
    <Box flexDirection="column" height={height} overflow="hidden" paddingLeft={1}>
      <Box flexDirection="column" marginTop={-top} flexShrink={0}>
        <Table data={data} skeleton={Skeleton as never} cell={Cell as never} header={Header as never} />
      </Box>
    </Box>
  );
}
