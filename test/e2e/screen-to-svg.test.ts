import xterm from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { screenToSvg } from "../../scripts/screen-to-svg.ts";

async function picture(bytes: string, title?: string): Promise<string> {
  const terminal = new xterm.Terminal({ cols: 20, rows: 2, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  return screenToSvg(terminal, { title });
}

/** Column (0-based) and text of every run, from the text elements of the rows. */
function runs(svg: string): [column: number, text: string][] {
  const elements = svg.matchAll(/<text x="([\d.]+)"[^>]*xml:space="preserve"[^>]*>([^<]*)</g);
  return [...elements].map(([, x, text]) => [Math.round((Number(x) - 14) / 8.43), text!]);
}

describe("a picture of a screen", () => {
  it("starts each run of text in its column", async () => {
    expect(runs(await picture("ab  cd\x1b[31mef\x1b[0m日x"))).toEqual([
      [0, "ab"],
      [4, "cd"],
      [6, "ef"],
      [8, "日"],
      [10, "x"],
    ]);
  });

  it("escapes markup", async () => {
    const svg = await picture('<b>&"', "a<b");
    expect(runs(svg)[0]![1]).toBe("&lt;b&gt;&amp;&quot;");
    expect(svg).toContain(">a&lt;b</text>");
  });

  it("draws lines and blocks as shapes that fill their cells", async () => {
    const svg = await picture("█──╮");
    expect(runs(svg)).toEqual([]);
    expect(svg).toMatch(/<path d="M14 36H22.43V54H14Z" fill="#d3dae6" shape-rendering="crispEdges"\/>/);
    expect(svg.match(/stroke-width="1.2"/g)).toHaveLength(1);
  });

  it("shows styles", async () => {
    const svg = await picture("\x1b[1;3;4;38;2;1;2;3ma\x1b[0;7mb\x1b[0;9mc\x1b[0;38;5;196md");
    expect(svg).toContain(
      'fill="#010203" font-weight="bold" font-style="italic" text-decoration="underline">a<',
    );
    expect(svg).toContain('fill="#11151c">b<');
    expect(svg).toContain('text-decoration="line-through">c<');
    expect(svg).toContain('fill="#ff0000">d<');
  });
});
