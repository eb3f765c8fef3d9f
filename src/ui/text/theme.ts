import { background, type Color, type ColorDepth, foreground } from "../../terminal/color-depth.ts";
import type { Role } from "./line.ts";

interface RoleStyle {
  readonly color?: Color;
  readonly background?: Color;
  readonly bold?: true;
  readonly underline?: true;
}

export interface Theme {
  readonly name: string;
  readonly styles: Readonly<Record<Role, RoleStyle>>;
  /** Background of the selected row. */
  readonly selection: Color | undefined;
}

const color = (truecolor: readonly [number, number, number], ansi256: number, ansi16: number): Color => ({
  truecolor,
  ansi256,
  ansi16,
});

const dark: Theme = {
  name: "dark",
  selection: color([36, 46, 62], 237, 0),
  styles: {
    text: {},
    dim: { color: color([132, 142, 156], 245, 8) },
    border: { color: color([72, 82, 96], 240, 8) },
    title: { bold: true },
    accent: { color: color([96, 190, 255], 75, 14), bold: true },
    fault: { color: color([224, 130, 255], 177, 13) },
    mark: { color: color([110, 168, 214], 74, 6) },
    line1: { color: color([94, 176, 168], 73, 12) },
    line2: { color: color([168, 150, 216], 140, 5) },
    line3: { color: color([200, 134, 170], 175, 7) },
    line4: { color: color([140, 150, 166], 103, 8) },
    line5: { color: color([180, 166, 138], 144, 2) },
    line6: { color: color([122, 132, 200], 104, 4) },
    paused: { color: color([16, 22, 32], 16, 0), background: color([96, 190, 255], 75, 14), bold: true },
    healthy: { color: color([112, 178, 124], 71, 2) },
    unknown: { color: color([160, 160, 180], 247, 8), underline: true },
    degraded: { color: color([242, 192, 78], 214, 11) },
    critical: { color: color([255, 104, 92], 203, 9), bold: true },
    down: { color: color([255, 255, 255], 231, 15), background: color([196, 36, 48], 160, 1), bold: true },
  },
};

const light: Theme = {
  name: "light",
  selection: color([218, 230, 244], 254, 7),
  styles: {
    text: {},
    dim: { color: color([98, 106, 118], 242, 8) },
    border: { color: color([168, 176, 188], 248, 8) },
    title: { bold: true },
    accent: { color: color([0, 98, 178], 25, 4), bold: true },
    fault: { color: color([146, 38, 178], 91, 5) },
    mark: { color: color([28, 104, 152], 24, 6) },
    line1: { color: color([0, 112, 112], 30, 12) },
    line2: { color: color([104, 82, 166], 61, 13) },
    line3: { color: color([160, 60, 116], 125, 5) },
    line4: { color: color([96, 106, 122], 60, 8) },
    line5: { color: color([112, 96, 60], 58, 2) },
    line6: { color: color([60, 76, 170], 61, 4) },
    paused: { color: color([255, 255, 255], 231, 15), background: color([0, 98, 178], 25, 4), bold: true },
    healthy: { color: color([28, 120, 52], 28, 2) },
    unknown: { color: color([98, 98, 120], 241, 8), underline: true },
    degraded: { color: color([150, 92, 0], 94, 3), bold: true },
    critical: { color: color([190, 24, 30], 124, 1), bold: true },
    down: { color: color([255, 255, 255], 231, 15), background: color([178, 20, 34], 124, 1), bold: true },
  },
};

/** For projectors and for users who cannot distinguish the colours: uses brightness and weight. */
const contrast: Theme = {
  name: "contrast",
  selection: color([0, 60, 140], 18, 4),
  styles: {
    text: { color: color([255, 255, 255], 231, 15) },
    dim: { color: color([200, 200, 200], 252, 7) },
    border: { color: color([150, 150, 150], 246, 7) },
    title: { bold: true },
    accent: { color: color([120, 220, 255], 117, 14), bold: true },
    fault: { color: color([255, 170, 255], 219, 13), bold: true },
    mark: { color: color([150, 210, 255], 153, 14) },
    line1: { color: color([130, 235, 225], 123, 12) },
    line2: { color: color([205, 190, 255], 183, 5) },
    line3: { color: color([255, 190, 225], 218, 7) },
    line4: { color: color([200, 210, 225], 189, 15) },
    line5: { color: color([235, 220, 180], 187, 2) },
    line6: { color: color([170, 180, 255], 147, 6) },
    paused: { color: color([0, 0, 0], 16, 0), background: color([120, 220, 255], 117, 14), bold: true },
    healthy: { color: color([255, 255, 255], 231, 15) },
    unknown: { color: color([210, 210, 210], 252, 7), underline: true },
    degraded: { color: color([255, 230, 80], 227, 11), bold: true },
    critical: { color: color([255, 150, 60], 215, 9), bold: true, underline: true },
    down: { color: color([0, 0, 0], 16, 0), background: color([255, 230, 80], 227, 11), bold: true },
  },
};

export const themes: readonly Theme[] = [dark, light, contrast];

/** The index in `themes` for a terminal background; dark if unknown. */
export function themeFor(background: "light" | "dark" | undefined): number {
  return themes.indexOf(background === "light" ? light : dark);
}

/** The SGR parameters of a role, on a selected row or not; "" for the default of the terminal. */
export type Palette = (role: Role, selected: boolean) => string;

/** Without colours a few roles use weight, which is never the only indication. */
const COLOURLESS: Readonly<Partial<Record<Role, string>>> = {
  title: "1",
  accent: "1",
  dim: "2",
  border: "2",
  degraded: "1",
  critical: "1",
  down: "1;7",
  line1: "2",
  line2: "2",
  line3: "2",
  line4: "2",
  line5: "2",
  line6: "2",
  paused: "1;7",
};

/** The codes of one theme at one colour depth. */
export function createPalette(theme: Theme, depth: ColorDepth): Palette {
  const plain = new Map<Role, string>();
  const selected = new Map<Role, string>();
  const backdrop = theme.selection ? background(theme.selection, depth) : "";
  // Sixteen colours have no subdued background: show the selected row by marker and weight.
  const selection = depth === "256" || depth === "truecolor" ? backdrop : "1";
  for (const role of Object.keys(theme.styles) as Role[]) {
    const own = codesOf(theme, depth, role);
    plain.set(role, own);
    // The frame is not part of the selected row.
    selected.set(role, role === "border" ? own : [selection, own].filter(Boolean).join(";"));
  }
  return (role, isSelected) => (isSelected ? selected : plain).get(role)!;
}

function codesOf(theme: Theme, depth: ColorDepth, role: Role): string {
  if (depth === "none") return COLOURLESS[role] ?? "";
  const style = theme.styles[role];
  const codes = [
    style.bold && "1",
    style.underline && "4",
    style.color && foreground(style.color, depth),
    style.background && background(style.background, depth),
  ];
  return codes.filter(Boolean).join(";");
}
