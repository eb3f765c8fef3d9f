/**
 * A series as the closed slots know it. Its place is a dense number that is used again once the series is gone
 * (unlike `Series.id`, which never is), so rows of the finest tier before slot `born` may belong to an earlier
 * series at that place and must not be read for this one.
 */
export interface Placed {
  readonly place: number;
  readonly born: number;
}

/** The series of an archive by their places. */
export class SeriesTable<Kind extends Placed = Placed> {
  private readonly series: (Kind | undefined)[] = [];
  /** Places that were given back; some may be in use again, or beyond the end. */
  private readonly free: number[] = [];
  private listed: readonly Kind[] | undefined;

  /** One more than the highest place in use. */
  get size(): number {
    return this.series.length;
  }

  /** All of them, in the order of their places. The same array until it changes. */
  get list(): readonly Kind[] {
    this.listed ??= this.series.filter((each) => each !== undefined);
    return this.listed;
  }

  at(place: number): Kind | undefined {
    return this.series[place];
  }

  /** @param make gets the place */
  add<Added extends Kind>(make: (place: number) => Added): Added {
    const place = this.freePlace();
    const added = make(place);
    this.series[place] = added;
    this.listed = undefined;
    return added;
  }

  remove(place: number): void {
    this.series[place] = undefined;
    this.free.push(place);
    this.listed = undefined;
    // Each closed slot has a number for each place: as few places as possible are in use.
    while (this.series.length > 0 && this.series.at(-1) === undefined) this.series.pop();
    if (this.series.length === 0) this.free.length = 0;
  }

  private freePlace(): number {
    for (let place = this.free.pop(); place !== undefined; place = this.free.pop()) {
      if (place < this.series.length && this.series[place] === undefined) return place;
    }
    return this.series.length;
  }
}
