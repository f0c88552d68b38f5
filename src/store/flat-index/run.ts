import type {BinaryString} from "#base";
import type {Known} from "./row.ts";

/** What an entry takes of memory besides its key and value, roughly. */
const ENTRY_OVERHEAD = 200;

/** A value that is a small part of a larger array is copied, or it would hold on to all of that. */
const COPIED_BELOW = 4;

/** Changes over a state: of each key what is known after them. Keys are sorted when somebody asks for their order. */
export class Run {
  readonly rows = new Map<BinaryString, Known>();
  #sorted: BinaryString[] = [];
  #unsorted: BinaryString[] = [];
  #bytes = 0;

  static of(rows: Iterable<readonly [BinaryString, Known]>): Run {
    const run = new Run();
    for (const [key, row] of rows) run.put(key, row);
    return run;
  }

  /** Bytes of memory, an estimate. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.rows.size;
  }

  put(key: BinaryString, row: Known): void {
    const before = this.rows.get(key);
    if (before === undefined) {
      this.#unsorted.push(key);
      this.#bytes += ENTRY_OVERHEAD + key.length;
    } else if (before instanceof Uint8Array) {
      this.#bytes -= before.length;
    }
    if (row instanceof Uint8Array) this.#bytes += row.length;
    this.rows.set(key, row);
  }

  /** What is known after these changes and then `later` ones, which are put over them. */
  putAll(later: Run): void {
    for (const [key, row] of later.rows) this.put(key, row);
  }

  keys(): readonly BinaryString[] {
    if (this.#unsorted.length > 0) {
      const added = this.#unsorted.sort();
      this.#sorted = this.#sorted.length === 0 ? added : merged(this.#sorted, added);
      this.#unsorted = [];
    }
    return this.#sorted;
  }

  /** The index in `keys` of the first that is not below a key. */
  indexFrom(key: BinaryString): number {
    const keys = this.keys();
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A row that may be held on to for long. */
export function lasting(row: Known): Known {
  if (!(row instanceof Uint8Array)) return row;
  return row.buffer.byteLength > COPIED_BELOW * row.length ? row.slice() : row;
}

function merged(a: readonly BinaryString[], b: readonly BinaryString[]): BinaryString[] {
  const out: BinaryString[] = [];
  let i = 0;
  for (const key of b) {
    while (i < a.length && a[i]! < key) out.push(a[i++]!);
    out.push(key);
  }
  while (i < a.length) out.push(a[i++]!);
  return out;
}

/** Each run is at least so many times as large as the one put over it, so that there are few however many blocks they are of. */
const GROWTH = 3;

/** Runs of a chain of blocks, the newest first, with those of one block more. What they are made of stays as it is. */
export function withRun(run: Run, runs: readonly Run[]): readonly Run[] {
  if (run.size === 0) return runs;
  let count = 0;
  let size = run.size;
  while (count < runs.length && runs[count]!.size < GROWTH * size) {
    size += runs[count]!.size;
    count++;
  }
  if (count === 0) return [run, ...runs];
  const whole = new Run();
  for (let i = count - 1; i >= 0; i--) whole.putAll(runs[i]!);
  whole.putAll(run);
  return [whole, ...runs.slice(count)];
}
