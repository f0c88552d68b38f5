import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import {encodeCount, encodeSignedBlock, type SignedBlock, signedBlockJson} from "#snapshot";
import type {Terminal} from "../key/index.ts";

/**
 * Where blocks go: to standard output, or to a file that has its name once it is whole. What a name leads to stays where it is, and
 * what is no file (a pipe, a device) is written to as it is. Throws what the system says of a name that cannot be written.
 */
export class BlockSink {
  readonly #file: string | undefined;
  readonly #isFile: boolean;
  readonly #isBinary: boolean;
  readonly #terminal: Terminal;
  readonly #descriptor: number | undefined = undefined;

  constructor(file: string | undefined, isBinary: boolean, terminal: Terminal) {
    const there = file === undefined ? undefined : statSync(file, {throwIfNoEntry: false});
    this.#file = file !== undefined && there !== undefined ? realpathSync(file) : file;
    this.#isFile = there === undefined || there.isFile();
    this.#isBinary = isBinary;
    this.#terminal = terminal;
    if (this.#file === undefined) return;
    this.#descriptor = openSync(this.#isFile ? this.#unfinished : this.#file, "w");
  }

  begin(count: number): void {
    if (this.#isBinary) this.#write(encodeCount(count));
  }

  take(block: SignedBlock): void {
    this.#write(
      this.#isBinary
        ? encodeSignedBlock(block)
        : new Uint8Array(Buffer.from(`${signedBlockJson(block)}\n`)),
    );
  }

  finish(): void {
    if (this.#descriptor === undefined) return;
    if (this.#isFile) fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    if (this.#isFile) renameSync(this.#unfinished, this.#file!);
  }

  /** Leaves nothing behind. */
  giveUp(): void {
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    if (this.#isFile) rmSync(this.#unfinished, {force: true});
  }

  get #unfinished(): string {
    return `${this.#file}.unfinished`;
  }

  #write(bytes: Uint8Array): void {
    if (this.#descriptor === undefined) {
      this.#terminal.raw(bytes);
      return;
    }
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
  }
}
