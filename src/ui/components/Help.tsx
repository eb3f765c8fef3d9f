import { Box, Text } from "ink";
import { Table } from "ink-table";
import type { PropsWithChildren, ReactNode } from "react";
import { furthestScroll } from "../keymap/help.ts";
import { keymap } from "../keymap/index.ts";
import { GROUPS } from "../keymap/types.ts";
import { ansiText } from "../screen/paint.ts";
import type { Session } from "../session.ts";
import { cut, type Role } from "../text/line.ts";
import type { View } from "../view.ts";

export interface HelpProps {
  readonly session: Session;
  /** Rows that are scrolled out above. */
  readonly help: number;
  readonly height: number;
}

const KEY_WIDTH = 12;

/** All keys, made from the keymap, and the letters of the fault menu. */
export function helpData(view: View): { key: string; does: string }[] {
  const room = view.size.width - KEY_WIDTH - 8;
  const keys = GROUPS.flatMap((group) => keymap.filter((binding) => binding.group === group)).map(
    (binding) => ({
      key: binding.shown,
      does: cut(binding.description, room),
    }),
  );
  const faults = view.faultKinds.map((kind) => ({ key: `f ${kind.key}`, does: cut(kind.description, room) }));
  return [...keys, ...faults];
}

/** The help over the whole body; it scrolls when the screen is short. */
export function Help({ session, help, height }: HelpProps) {
  const view = session.view();
  const palette = session.palette();
  const data = helpData(view);
  const top = Math.min(help, furthestScroll(view, data.length));
  const vertical = view.glyphs.box.vertical;
  const text = (role: Role, children: ReactNode) => (
    <Text>{ansiText([{ text: String(children), role }], palette)}</Text>
  );
  // The rules between the rows are left out: thirty keys would not fit on any screen with them.
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
