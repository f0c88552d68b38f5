/** When sessions end: at `offset`, and every `period` blocks after it (spec/pallets §12.4). */
export class Period {
  readonly period: number;
  readonly offset: number;

  constructor(period: number, offset: number) {
    this.period = period;
    this.offset = offset;
  }

  /** Does a session end with the start of block `number`? */
  shouldEnd(number: number): boolean {
    return number >= this.offset && (number - this.offset) % this.period === 0;
  }

  /** The block at which the session that `number` belongs to ends. */
  nextRotation(number: number): number {
    if (number <= this.offset) return this.offset;
    return number + this.period - ((number - this.offset) % this.period);
  }

  /** The first block after `number` with which a session begins; at block 0, unlike upstream's estimate, not 0. */
  firstRotationAfter(number: number): number {
    if (number < this.offset) return this.offset;
    return number + this.period - ((number - this.offset) % this.period);
  }

  /** How far the session has come, in parts per million; the last block is at a full million. */
  progress(number: number): number {
    const [blocks, length] =
      number >= this.offset
        ? [((number - this.offset) % this.period) + 1, this.period]
        : [number + 1, this.offset];
    return Math.floor((blocks * 1_000_000) / length);
  }
}
