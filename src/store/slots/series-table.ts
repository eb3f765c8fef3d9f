import type { Numbered } from "./numbered.ts";

/**
 * The series of an archive by their numbers. A number is used again once its series is gone, so that those
 * which come and go take no more room; who reads an old slot looks at when a series was born.
 */
export class SeriesTable<Kind extends Numbered = Numbered> {
  private readonly subjects: (Kind | undefined)[] = [];
  private readonly free: number[] = [];
  private listed: readonly Kind[] | undefined;

  /** One more than the highest number in use. */
  get size(): number {
    return this.subjects.length;
  }

  /** All of them, in the order of their numbers. */
  get list(): readonly Kind[] {
    this.listed ??= this.subjects.filter((subject) => subject !== undefined);
    return this.listed;
  }

  at(id: number): Kind | undefined {
    return this.subjects[id];
  }

  /** @param make gets the number */
  add<Added extends Kind>(make: (id: number) => Added): Added {
    const id = this.free.pop() ?? this.subjects.length;
    const subject = make(id);
    this.subjects[id] = subject;
    this.listed = undefined;
    return subject;
  }

  remove(id: number): void {
    this.subjects[id] = undefined;
    this.free.push(id);
    this.listed = undefined;
  }
}
