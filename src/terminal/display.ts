import type { Clock } from "../core/clock.ts";
import type { ColorDepth } from "./color-depth.ts";
import { type Pace, pauseAfter } from "./pace.ts";
import { Screen } from "./screen.ts";
import type { TerminalOutput } from "./streams.ts";

/** Paints a live region over the frame. Called for every drawing, so it must paint the newest state each time. */
export type Painter = (screen: Screen) => void;

/** What drawing has cost so far. */
export interface DrawingStats {
  /** Updates sent; those that would have changed nothing are not. */
  readonly updates: number;
  /** Bytes of all updates. */
  readonly bytes: number;
  /** Bytes of the newest update. */
  readonly lastBytes: number;
  /** Drawings put off because the terminal had not taken the update before. */
  readonly heldBack: number;
}

export interface DisplayOptions {
  readonly output: TerminalOutput;
  readonly clock: Clock;
  readonly depth: ColorDepth;
  readonly pace?: Pace | undefined;
  /** The output failed; nothing will be drawn any more. */
  readonly onError: (error: Error) => void;
}

/** Terminals have been seen to claim absurd sizes; each cell costs memory. */
const LARGEST = { columns: 1000, rows: 500 };

/**
 * Draws the newest frame and the painters' regions, as soon as the work at hand is done, and no more than
 * one update at a time: while the terminal has not taken the last one, only the state moves on. So a slow
 * link sees fewer updates, never old ones.
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

  /** Draws from now on. What the terminal shows is taken to be unknown. */
  start(): void {
    this.#isDrawing = true;
    this.redraw();
  }

  /** Draws no more. */
  stop(): void {
    this.#isDrawing = false;
  }

  /** Resolves when everything that is to be drawn was drawn, and the terminal has taken it. */
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

  /** Adds a painter, later ones over earlier ones. Returns what takes it away again. */
  addPainter(painter: Painter): () => void {
    this.#painters.add(painter);
    return () => void this.#painters.delete(painter);
  }

  /** Something a painter shows has changed. */
  requestDraw(): void {
    if (this.#isScheduled || !this.#isDrawing) return;
    this.#isScheduled = true;
    const { clock, pace = {} } = this.#options;
    const wait = this.#lastDrawnAt + pauseAfter(pace, this.#stats.lastBytes) - clock.now();
    // Even without a wait: all that follows from one key or one tick becomes one update.
    clock.after(Math.max(0, wait), () => this.#draw());
  }

  /** Clears the terminal and draws everything: something else may have written there. */
  redraw(): void {
    this.#screen.reset();
    this.requestDraw();
  }

  /** Takes over the terminal's new size. Nothing is drawn until a frame made for it is there. */
  resize(): void {
    this.#screen = this.#createScreen();
    this.#frame = undefined;
    this.#isFrameNew = false;
  }

  /** Shows everything in another colour depth. */
  setDepth(depth: ColorDepth): void {
    this.#depth = depth;
    this.#screen = this.#createScreen();
    this.#isFrameNew = this.#frame !== undefined;
    this.requestDraw();
  }

  #createScreen(): Screen {
    const { columns = 80, rows = 24 } = this.#options.output;
    return new Screen(clamp(columns, LARGEST.columns), clamp(rows, LARGEST.rows), this.#depth);
  }

  #draw(): void {
    this.#isScheduled = false;
    if (!this.#isDrawing || this.#frame === undefined) {
      this.#settle();
      return;
    }
    if (this.#isInFlight || this.#options.output.writableNeedDrain === true) {
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
