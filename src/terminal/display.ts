import type { Clock } from "../core/clock.ts";
import type { ColorDepth } from "./color-depth.ts";
import { type Pace, pauseAfter } from "./pace.ts";
import { Screen } from "./screen.ts";
import type { TerminalOutput } from "./streams.ts";

/** Paints a live region over the frame. Called for every update; it must paint the newest state each time. */
export type Painter = (screen: Screen) => void;

/** Drawing statistics since the start. */
export interface DrawingStats {
  /** Updates sent; updates without changes are not sent. */
  readonly updates: number;
  /** Total bytes of all updates. */
  readonly bytes: number;
  /** Bytes of the newest update. */
  readonly lastBytes: number;
  /** Updates delayed because the terminal had not accepted the previous one. */
  readonly heldBack: number;
}

export interface DisplayOptions {
  readonly output: TerminalOutput;
  readonly clock: Clock;
  readonly depth: ColorDepth;
  readonly pace?: Pace | undefined;
  /** Asked before every update; false while another program uses the terminal. */
  readonly mayDraw?: (() => boolean) | undefined;
  /** Called when the output fails; drawing stops. */
  readonly onError: (error: Error) => void;
}

/** Some terminals report absurd sizes, and each cell costs memory. */
const LARGEST = { columns: 1000, rows: 500 };

/**
 * Draws the newest frame and the painted regions after the current task, one update at a time: until the
 * terminal has accepted an update, only the state changes. So a slow link gets fewer updates, never outdated
 * ones.
 */
export class Display {
  readonly #options: DisplayOptions;
  readonly #painters = new Set<Painter>();
  #screen: Screen;
  #depth: ColorDepth;
  #frame: string | undefined;
  #isFrameNew = false;
  #isDrawing = false;
  #isScheduled = false;
  #isInFlight = false;
  #isHeldBack = false;
  #onSettled: (() => void)[] = [];
  #lastDrawnAt = Number.NEGATIVE_INFINITY;
  #stats: DrawingStats = { updates: 0, bytes: 0, lastBytes: 0, heldBack: 0 };

  constructor(options: DisplayOptions) {
    this.#options = options;
    this.#depth = options.depth;
    this.#screen = this.#createScreen();
    options.output.on("drain", () => this.#release());
  }

  get columns(): number {
    return this.#screen.columns;
  }

  get rows(): number {
    return this.#screen.rows;
  }

  get stats(): DrawingStats {
    return this.#stats;
  }

  /** Starts drawing. The content of the terminal is assumed to be unknown. */
  start(): void {
    this.#isDrawing = true;
    this.redraw();
  }

  /** Stops drawing. */
  stop(): void {
    this.#isDrawing = false;
  }

  /** Resolves when all pending updates have been drawn and accepted by the terminal. */
  settled(): Promise<void> {
    if (!this.#isInFlight && !this.#isScheduled) return Promise.resolve();
    return new Promise((resolve) => this.#onSettled.push(resolve));
  }

  #settle(): void {
    if (this.#isInFlight || this.#isScheduled) return;
    for (const resolve of this.#onSettled.splice(0)) resolve();
  }

  /** Shows a frame, lines of text with SGR codes, from the next drawing on. */
  show(frame: string): void {
    this.#frame = frame;
    this.#isFrameNew = true;
    this.requestDraw();
  }

  /** Adds a painter; later ones paint over earlier ones. Returns a function that removes it. */
  addPainter(painter: Painter): () => void {
    this.#painters.add(painter);
    return () => void this.#painters.delete(painter);
  }

  /** Requests an update because the content of a painter has changed. */
  requestDraw(): void {
    if (this.#isScheduled || !this.#isDrawing) return;
    this.#isScheduled = true;
    const { clock, pace = {} } = this.#options;
    const wait = this.#lastDrawnAt + pauseAfter(pace, this.#stats.lastBytes) - clock.now();
    // Also without a delay: all changes from one key or one tick become one update.
    clock.after(Math.max(0, wait), () => this.#draw());
  }

  /** Clears the terminal and redraws it, because something else may have written to it. */
  redraw(): void {
    this.#screen.reset();
    this.requestDraw();
  }

  /** Applies the new size of the terminal. Nothing is drawn until there is a frame of that size. */
  resize(): void {
    const { columns, rows } = this.#size();
    this.#screen.resize(columns, rows);
    this.#frame = undefined;
    this.#isFrameNew = false;
  }

  /** Changes the colour depth and redraws. */
  setDepth(depth: ColorDepth): void {
    this.#depth = depth;
    this.#screen = this.#createScreen();
    this.#isFrameNew = this.#frame !== undefined;
    this.requestDraw();
  }

  #createScreen(): Screen {
    const { columns, rows } = this.#size();
    return new Screen(columns, rows, this.#depth);
  }

  #size(): { readonly columns: number; readonly rows: number } {
    const { columns = 80, rows = 24 } = this.#options.output;
    return { columns: clamp(columns, LARGEST.columns), rows: clamp(rows, LARGEST.rows) };
  }

  #draw(): void {
    this.#isScheduled = false;
    const { mayDraw, output } = this.#options;
    if (!this.#isDrawing || this.#frame === undefined || mayDraw?.() === false) {
      this.#settle();
      return;
    }
    if (this.#isInFlight || output.writableNeedDrain === true) {
      this.#isHeldBack = true;
      this.#stats = { ...this.#stats, heldBack: this.#stats.heldBack + 1 };
      return;
    }
    if (this.#isFrameNew) this.#screen.frame(this.#frame);
    this.#isFrameNew = false;
    for (const paint of this.#painters) paint(this.#screen);
    const update = this.#screen.diff();
    if (update === "") this.#settle();
    else this.#send(update);
  }

  #send(update: string): void {
    const { output, clock, onError } = this.#options;
    const bytes = Buffer.byteLength(update);
    const { updates, bytes: before, heldBack } = this.#stats;
    this.#stats = { updates: updates + 1, bytes: before + bytes, lastBytes: bytes, heldBack };
    this.#lastDrawnAt = clock.now();
    this.#isInFlight = true;
    try {
      output.write(update, (error) => {
        this.#isInFlight = false;
        this.#settle();
        if (error) onError(error);
        else this.#release();
      });
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #release(): void {
    if (!this.#isHeldBack || this.#isInFlight || this.#options.output.writableNeedDrain === true) return;
    this.#isHeldBack = false;
    this.requestDraw();
  }
}

function clamp(size: number, largest: number): number {
  return Number.isFinite(size) ? Math.max(1, Math.min(largest, Math.floor(size))) : 1;
}
