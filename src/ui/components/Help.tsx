import { Box, Text } from "ink";
import { Table } from "ink-table";
import type { PropsWithChildren } from "react";
import { keymap } from "../keymap/index.ts";
import { GROUPS } from "../keymap/types.ts";
import { cut } from "../line.ts";
import type { Painter } from "../theme.ts";
import type { View } from "../view.ts";

export interface HelpProps {
  readonly view: View;
  readonly painter: Painter;
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
export function Help({ view, painter }: HelpProps) {
  const { mode } = view.ui;
  const { bodyHeight } = view.layout;
  const data = helpData(view);
  const top = Math.min(mode.type === "help" ? mode.scroll : 0, Math.max(0, data.length + 2 - bodyHeight));
  const vertical = view.glyphs.box.vertical;
  // The rules between the rows are left out: thirty keys would not fit on any screen with them.
  const Skeleton = ({ children }: PropsWithChildren) =>
    String(children).includes("│") && !/[─┼]/.test(String(children)) ? (
      <Text>{painter([{ text: String(children).replaceAll("│", vertical), role: "border" }])}</Text>
    ) : null;
  const Cell = ({ children, column }: PropsWithChildren<{ column: number }>) => (
    <Text>{painter([{ text: String(children), role: column === 0 ? "accent" : "text" }])}</Text>
  );
  const Header = ({ children }: PropsWithChildren) => (
    <Text>{painter([{ text: String(children), role: "dim" }])}</Text>
  );
  return (
    <Box flexDirection="column" height={bodyHeight} overflow="hidden" paddingLeft={1}>
      <Box flexDirection="column" marginTop={-top} flexShrink={0}>
        <Table data={data} skeleton={Skeleton as never} cell={Cell as never} header={Header as never} />
      </Box>
    </Box>
  );
}
