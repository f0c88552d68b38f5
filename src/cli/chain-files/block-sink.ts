import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync} from "node:fs";
import {encodeCount, encodeSignedBlock, type SignedBlock, signedBlockJson} from "#snapshot";
import type {Terminal} from "../key/index.ts";

/** Where blocks go: to standard output, or to a file that has its name once it is whole. */
export class BlockSink {
  readonly #file: string | undefined;
  readonly #isBinary: boolean;
  readonly #terminal: Terminal;
  readonly #descriptor: number | undefined;

  constructor(file: string | undefined, isBinary: boolean, terminal: Terminal) {
    this.#file = file;
    this.#isBinary = isBinary;
    this.#terminal = terminal;
    this.#descriptor = file === undefined ? undefined : openSync(this.#unfinished, "w");
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
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    renameSync(this.#unfinished, this.#file!);
  }

  /** Leaves nothing behind. */
  giveUp(): void {
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    rmSync(this.#unfinished, {force: true});
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
