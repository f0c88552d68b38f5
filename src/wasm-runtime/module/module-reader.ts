/** What a module is made of is not as it has to be. Caught where a module is prepared. */
export class ModuleFault extends Error {}

/** A cursor over a part of a module. Reading past the end throws `ModuleFault`. */
export class ModuleReader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new ModuleFault("a section is cut short");
    return byte;
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new ModuleFault("a number is too long");
  }

  /** A signed LEB128 number of 32 bits. */
  i32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      return shift < 25 && (byte & 0x40) !== 0 ? value | (-1 << (shift + 7)) : value;
    }
    throw new ModuleFault("a number is too long");
  }

  /** Passes over a LEB128 number of whatever width. */
  skipLeb(): void {
    while (this.byte() >= 0x80);
  }

  skip(length: number): void {
    this.at += length;
    if (this.at > this.bytes.length) throw new ModuleFault("a section is cut short");
  }

  name(): string {
    const length = this.u32();
    const start = this.at;
    this.skip(length);
    return new TextDecoder().decode(this.bytes.subarray(start, this.at));
  }
}
