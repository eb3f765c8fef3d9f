import {
  type Command,
  LOCAL_OPERATOR,
  type Monitor,
  type Operator,
  type Outcome,
  type Snapshot,
} from "../monitor/types.ts";
import type { DrawingStats } from "../terminal/display.ts";
import { createChartMemory } from "./chart-memory.ts";
import type { Exporter, ExportRequest } from "./exports.ts";
import { parseMoment } from "./go-to.ts";
import { bindingsFor, keymap } from "./keymap/index.ts";
import type { Intent } from "./keymap/types.ts";
import { currentLayout, type ListedItems, listedItems, makeView } from "./make-view.ts";
import { paletteEntries } from "./palette.ts";
import { reduce, type UiAction } from "./reducer.ts";
import { DrawingRate } from "./screen/drawing-rate.ts";
import { type DisplaySettings, initialState, type UiState } from "./state.ts";
import { createPalette, type Palette, themes } from "./text/theme.ts";
import { type TextInput, textInputOf, typed } from "./text-input.ts";
import type { Size, View } from "./view.ts";

export interface SessionOptions {
  readonly monitor: Monitor;
  readonly displaySettings: DisplaySettings;
  readonly size: Size;
  /** The author of its commands. */
  readonly operator?: Operator;
  /** Absent: there is no place to write files. */
  readonly exporter?: Exporter;
  /** The drawing statistics of the terminal. */
  readonly drawn?: () => DrawingStats;
  readonly onQuit: () => void;
  /** Stops the program until the shell continues it; undefined where there is no shell. */
  readonly onSuspend?: () => void;
}

/** The part that Ink lays out. It changes with a key or the terminal size, not with a tick. */
export interface Shape {
  readonly width: number;
  readonly height: number;
  readonly bodyTop: number;
  readonly bodyHeight: number;
  /** The first row of the help to show, from 0; undefined while it is closed. */
  readonly help: number | undefined;
  readonly displaySettings: DisplaySettings;
}

/** One user at one terminal: converts keys to changes of the screen or to commands for the monitor. */
export interface Session {
  /**
   * Returns the same object until something changes. Created on demand, so a screen that is not drawn costs
   * nothing.
   */
  view(): View;
  /** Returns the same object until it changes. */
  shape(): Shape;
  /** The style codes of the current theme and colour depth. */
  palette(): Palette;
  subscribe(listener: () => void): () => void;
  /** @param key a name from `keyName` */
  press(key: string): void;
  /** Pasted text is accepted only during text input. */
  paste(text: string): void;
  resize(size: Size): void;
  close(): void;
}

/** The update interval of the delay on a paused screen, ms. */
const BEHIND_STEP_MS = 10_000;

/** How long the footer shows the result of a key, ms. */
const NOTICE_MS = 6_000;

export function createSession({
  monitor,
  displaySettings,
  size: firstSize,
  operator = LOCAL_OPERATOR,
  exporter,
  drawn,
  onQuit,
  onSuspend,
}: SessionOptions): Session {
  const listeners = new Set<() => void>();
  const rate = new DrawingRate();
  const memory = createChartMemory();
  // Select an entity by name from the start, so that sorting does not move the selection.
  let ui: UiState = { ...initialState(displaySettings), selected: monitor.snapshot().entities[0]?.name };
  let size = firstSize;
  /** The snapshot of the paused screen and its requested instant. */
  let past: { readonly moment: number; readonly snapshot: Snapshot } | undefined;
  /** The time of the last listener call, ms since the epoch. */
  let notifiedAt = 0;
  let noticedAt = 0;
  let closed = false;
  let made: View | undefined;
  /** What the focused panel listed last: its cursor stays near an item that goes. */
  let listed: ListedItems | undefined;
  let shape: Shape | undefined;
  let palette: { readonly of: string; readonly codes: Palette } | undefined;

  const viewInput = () => ({
    monitor,
    ui,
    past: past?.snapshot,
    size,
    drawing: rate.current,
    memory,
    before: listed,
  });

  function view(): View {
    if (!made) {
      memory.nextFrame();
      made = makeView(viewInput());
      // Cursors are kept. The focus returns to its panel when that panel is on the screen again.
      ui = { ...ui, cursors: made.ui.cursors, expanded: made.ui.expanded };
      listed = listedItems(made) ?? listed;
    }
    return made;
  }

  function currentShape(): Shape {
    const { sizeClass, banner, bodyHeight } = currentLayout(viewInput());
    const { mode, themeIndex, depth, unicode } = ui;
    return {
      ...size,
      bodyTop: banner ? 2 : 1,
      bodyHeight,
      help: mode.type === "help" && sizeClass !== "words" ? mode.scroll : undefined,
      displaySettings: { themeIndex, depth, unicode },
    };
  }

  function changed(): void {
    made = undefined;
    notifiedAt = monitor.snapshot().at;
    for (const listener of listeners) listener();
  }

  function act(action: UiAction): void {
    ui = reduce(ui, action);
    if (action.type === "notice") noticedAt = monitor.snapshot().at;
    if (ui.moment === undefined) past = undefined;
    else if (past?.moment !== ui.moment) {
      past = { moment: ui.moment, snapshot: monitor.snapshotAt(ui.moment) };
    }
    made = undefined;
  }

  function execute(intent: Intent): void {
    if ("quit" in intent) onQuit();
    else if ("suspend" in intent) suspend();
    else if ("refused" in intent) act({ type: "notice", notice: { text: intent.refused, good: false } });
    else if ("ui" in intent) act(intent.ui);
    else if ("export" in intent) void write(intent.export);
    else {
      const { done, text } = "commands" in intent ? dispatchAll(intent.commands) : dispatch(intent.command);
      if ("thenClose" in intent) act({ type: "close" });
      if ("thenUnmark" in intent && done) act({ type: "mark", alerts: [...ui.marked] });
      const unseen = done && ui.moment !== undefined ? "; the screen is paused, End goes back to live" : "";
      act({ type: "notice", notice: { text: text + unseen, good: done } });
    }
  }

  const dispatch = (command: Command): Outcome => monitor.dispatch(command, operator);

  /** Ends at the first command that is refused. */
  function dispatchAll(commands: readonly Command[]): Outcome {
    let last: Outcome = { done: false, text: "nothing to do" };
    for (const command of commands) {
      last = dispatch(command);
      if (!last.done) return last;
    }
    return commands.length > 1 ? { done: true, text: `${last.text}, and ${commands.length - 1} more` } : last;
  }

  async function write(request: ExportRequest): Promise<void> {
    const outcome: Outcome = exporter
      ? await exporter(request)
      : { done: false, text: "files cannot be written from this screen" };
    if (closed) return;
    act({ type: "notice", notice: { text: outcome.text, good: outcome.done } });
    changed();
  }

  function suspend(): void {
    if (onSuspend) onSuspend();
    else act({ type: "notice", notice: { text: "there is no shell to return to here", good: false } });
  }

  function pressBound(key: string): void {
    const bindings = bindingsFor(view());
    const binding = bindings.find(({ keys }) => keys.includes(key));
    if (!binding) {
      // Report only keys that work elsewhere; ignore others.
      const known = bindings !== keymap && keymap.some(({ keys }) => keys.includes(key));
      if (known) execute({ refused: `${key} does nothing here; Esc closes this` });
      return;
    }
    const enabled = binding.when?.(view()) ?? true;
    execute(enabled === true ? binding.run(view()) : { refused: enabled });
  }

  /** A key during text input: part of the text, or the end of the input. */
  function pressTyping(key: string, input: TextInput): void {
    const text = typed(input.text, key);
    if (text !== undefined) act(input.set(text));
    else if (ui.mode.type === "palette") pressPalette(key);
    else if (ui.mode.type === "go-to") pressGoTo(key);
    else if (ui.mode.type === "filter" && ["enter", "down", "up"].includes(key)) act({ type: "filter-keep" });
    else if (key === "enter") act({ type: "close" });
  }

  function pressPalette(key: string): void {
    const { mode } = ui;
    if (mode.type !== "palette") return;
    const entries = paletteEntries(view());
    if (key === "down" || key === "up") {
      const index = mode.index + (key === "down" ? 1 : -1);
      act({ type: "palette-move", index: Math.max(0, Math.min(entries.length - 1, index)) });
    }
    if (key !== "enter") return;
    act({ type: "close" });
    const entry = entries[mode.index];
    if (!entry) execute({ refused: `no command matches "${mode.text}"` });
    else execute(entry.enabled === true ? entry.run(view()) : { refused: entry.enabled });
  }

  function pressGoTo(key: string): void {
    const { mode } = ui;
    if (mode.type !== "go-to" || key !== "enter") return;
    act({ type: "close" });
    const { at: now, startedAt } = monitor.snapshot();
    const at = parseMoment(mode.text, now);
    if (at === undefined) {
      execute({ refused: `"${mode.text}" is not a time; examples: -2m, 14:03, 14:03:20` });
      return;
    }
    act({ type: "moment", at: Math.max(startedAt, Math.min(now, at)) });
    if (at < startedAt) execute({ refused: "that is before the start; this is the earliest data" });
  }

  const unsubscribe = monitor.subscribe(() => {
    const { at } = monitor.snapshot();
    if (drawn) rate.note(at, drawn());
    // A notice disappears automatically; it need not be closed.
    const isOver = ui.notice !== undefined && at - noticedAt > NOTICE_MS;
    if (isOver) act({ type: "notice", notice: undefined });
    // A paused screen updates only its delay, at a low rate.
    const isStale = at - notifiedAt >= BEHIND_STEP_MS;
    if (ui.moment === undefined || isOver || isStale) changed();
  });

  return {
    view,
    shape() {
      const current = currentShape();
      if (JSON.stringify(current) !== JSON.stringify(shape)) shape = current;
      return shape!;
    },
    palette() {
      const of = `${ui.themeIndex} ${ui.depth}`;
      if (palette?.of !== of) palette = { of, codes: createPalette(themes[ui.themeIndex]!, ui.depth) };
      return palette.codes;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press(key) {
      if (key === "") return;
      if (ui.notice) act({ type: "notice", notice: undefined });
      const input = textInputOf(ui);
      if (input && key === "ctrl+c") onQuit();
      else if (key === "ctrl+z") suspend();
      else if (input && key === "esc") act({ type: "back" });
      else if (input) pressTyping(key, input);
      else pressBound(key);
      changed();
    },
    paste(text) {
      const clean = text.replace(/[\p{Cc}\p{Cf}]+/gu, " ");
      const input = textInputOf(ui);
      if (input) act(input.set(input.text + (ui.mode.type === "go-to" ? clean.trim() : clean)));
      else execute({ refused: "pasted text is ignored here; press / to filter by text" });
      changed();
    },
    resize(next) {
      size = next;
      changed();
    },
    close() {
      closed = true;
      unsubscribe();
    },
  };
}
