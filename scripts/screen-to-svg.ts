import type { IBufferCell, Terminal } from "@xterm/headless";
import { paletteColor } from "../src/terminal/color-depth.ts";
import { type CellBox, glyphShape, type Shape } from "./glyph-shapes.ts";

export interface SvgOptions {
  /** Shown in the title bar. */
  readonly title?: string | undefined;
}

const BACKGROUND = "#11151c";
const FOREGROUND = "#d3dae6";
const BAR = "#1a2029";
const EDGE = "#2b3340";
/** The 16 named colours of a dark theme. */
const NAMED = [
  ...["#1b212b", "#f0616d", "#7fc98b", "#e5b567", "#6ea8fe", "#c594e8", "#62c4d0", "#c9d1dd"],
  ...["#5d6878", "#ff7b85", "#98dca3", "#f4ca7e", "#8dbcff", "#d9b0f5", "#82dbe6", "#f4f7fb"],
] as const;

const FONT_SIZE = 14;
/** Slightly more than 0.6 em: the advance of DejaVu Sans Mono and most other fonts. */
const CELL_WIDTH = 8.43;
const CELL_HEIGHT = 18;
const BASELINE = 13.4;
const PADDING = 14;
const BAR_HEIGHT = 34;
const FONTS = "'DejaVu Sans Mono', 'JetBrains Mono', 'SF Mono', Menlo, Consolas, monospace";

interface CellStyle {
  readonly color: string;
  readonly background: string;
  /** Attributes of a text element. */
  readonly attributes: string;
}

/** Renders the content of a terminal as SVG, in a window frame, with exact cell positions. */
export function screenToSvg(terminal: Terminal, options: SvgOptions = {}): string {
  const width = terminal.cols * CELL_WIDTH + 2 * PADDING;
  const height = terminal.rows * CELL_HEIGHT + PADDING + BAR_HEIGHT;
  const layers: Layers = { backgrounds: new Map(), shapes: new Map(), texts: [] };
  for (let row = 0; row < terminal.rows; row++) drawRow(terminal, row, layers);
  const dots = ["#f0616d", "#e5b567", "#7fc98b"].map(
    (color, index) => `<circle cx="${20 + index * 20}" cy="${BAR_HEIGHT / 2}" r="5.5" fill="${color}"/>`,
  );
  const title = options.title
    ? `<text x="${width / 2}" y="${BAR_HEIGHT / 2 + 4.5}" text-anchor="middle" font-size="13" fill="#8b96a8">${escapeXml(options.title)}</text>`
    : "";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${fixed(width)}" height="${fixed(height)}" viewBox="0 0 ${fixed(width)} ${fixed(height)}" font-family="${FONTS}" font-size="${FONT_SIZE}">`,
    `<rect x="0.5" y="0.5" width="${fixed(width - 1)}" height="${fixed(height - 1)}" rx="10" fill="${BACKGROUND}" stroke="${EDGE}"/>`,
    `<path d="M1 ${BAR_HEIGHT}V10.5A9.5 9.5 0 0 1 10.5 1H${fixed(width - 10.5)}A9.5 9.5 0 0 1 ${fixed(width - 1)} 10.5V${BAR_HEIGHT}Z" fill="${BAR}"/>`,
    ...dots,
    title,
    ...[...layers.backgrounds.values()].map(drawPath),
    ...[...layers.shapes.values()].map(drawPath),
    ...layers.texts,
    "</svg>",
    "",
  ]
    .filter((line, index, lines) => line !== "" || index === lines.length - 1)
    .join("\n");
}

/** Layers from bottom to top. Shapes of the same style are one path, to keep the file small. */
interface Layers {
  readonly backgrounds: Map<string, ColoredShape>;
  readonly shapes: Map<string, ColoredShape>;
  readonly texts: string[];
}

interface ColoredShape extends Shape {
  readonly color: string;
}

/** Text is drawn in runs of cells with the same style; each starts exactly in its column. */
function drawRow(terminal: Terminal, row: number, layers: Layers): void {
  const buffer = terminal.buffer.active;
  const line = buffer.getLine(buffer.viewportY + row);
  let run: { style: CellStyle; column: number; text: string; columns: number } | undefined;
  const endRun = () => {
    if (run !== undefined)
      layers.texts.push(drawText(boxOf(run.column, row, run.columns), run.text, run.style));
    run = undefined;
  };
  for (let column = 0; line !== undefined && column < terminal.cols; column++) {
    const cell = line.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const style = styleOf(cell);
    const text = cell.getChars() || " ";
    const box = boxOf(column, row, cell.getWidth());
    if (style.background !== BACKGROUND)
      addShape(layers.backgrounds, glyphShape("█", box)!, style.background);
    const shape = glyphShape(text, box);
    if (shape !== undefined) addShape(layers.shapes, shape, style.color);
    if (shape !== undefined || (text === " " && style.attributes === "")) endRun();
    else if (run !== undefined && isAscii(run.text + text) && isSameStyle(run.style, style)) {
      run.text += text;
      run.columns += 1;
    } else {
      endRun();
      run = { style, column, text, columns: cell.getWidth() };
    }
  }
  endRun();
}

function addShape(layer: Map<string, ColoredShape>, shape: Shape, color: string): void {
  const key = `${shape.kind} ${color} ${shape.opacity}`;
  const before = layer.get(key)?.path ?? "";
  layer.set(key, { ...shape, color, path: before + shape.path });
}

function drawPath({ kind, path, color, opacity }: ColoredShape): string {
  if (kind === "line") return `<path d="${path}" fill="none" stroke="${color}" stroke-width="1.2"/>`;
  const crisp = kind === "block" ? ' shape-rendering="crispEdges"' : "";
  return `<path d="${path}" fill="${color}"${opacity < 1 ? ` fill-opacity="${opacity}"` : ""}${crisp}/>`;
}

function drawText(box: CellBox, text: string, style: CellStyle): string {
  const length = text.length > 1 && isAscii(text) ? ` textLength="${fixed(box.width)}"` : "";
  return `<text x="${fixed(box.x)}" y="${fixed(box.y + BASELINE)}"${length} xml:space="preserve" fill="${style.color}"${style.attributes}>${escapeXml(text)}</text>`;
}

function boxOf(column: number, row: number, columns: number): CellBox {
  return {
    x: PADDING + column * CELL_WIDTH,
    y: BAR_HEIGHT + 2 + row * CELL_HEIGHT,
    width: columns * CELL_WIDTH,
    height: CELL_HEIGHT,
  };
}

function styleOf(cell: IBufferCell): CellStyle {
  let color = colorOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), FOREGROUND);
  let background = colorOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), BACKGROUND);
  if (cell.isInverse()) [color, background] = [background, color];
  if (cell.isDim()) color = mix(color, background, 0.45);
  const decorations = [cell.isUnderline() ? "underline" : "", cell.isStrikethrough() ? "line-through" : ""];
  const decoration = decorations.filter(Boolean).join(" ");
  const attributes =
    (cell.isBold() && cell.getChars().trim() ? ' font-weight="bold"' : "") +
    (cell.isItalic() && cell.getChars().trim() ? ' font-style="italic"' : "") +
    (decoration ? ` text-decoration="${decoration}"` : "");
  return { color, background, attributes };
}

function colorOf(isDefault: boolean, isRgb: boolean, value: number, byDefault: string): string {
  if (isDefault) return byDefault;
  if (isRgb) return hex(value >> 16, (value >> 8) & 255, value & 255);
  return NAMED[value] ?? hex(...paletteColor(value));
}

function hex(...channels: readonly number[]): string {
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

/** Mixes a colour with a share 0..1 of another. */
function mix(from: string, to: string, share: number): string {
  const channel = (color: string, index: number) =>
    Number.parseInt(color.slice(1 + 2 * index, 3 + 2 * index), 16);
  return hex(...[0, 1, 2].map((index) => channel(from, index) * (1 - share) + channel(to, index) * share));
}

function isSameStyle(first: CellStyle, second: CellStyle): boolean {
  return first.color === second.color && first.attributes === second.attributes;
}

const isAscii = (text: string) => /^[ -~]*$/.test(text);
const fixed = (value: number) => String(Math.round(value * 100) / 100);

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
