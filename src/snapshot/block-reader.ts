import {closeSync, openSync, readSync} from "node:fs";
import {err, ok, type Result} from "#base";
import {readBlockBinary, readBlockJson, type SignedBlock} from "./exported-blocks.ts";

/** Bytes read at a time. */
const PIECE = 1_024 * 1_024;
/** A block that is larger is none. */
const LARGEST_BLOCK = 256 * 1_024 * 1_024;
const BRACE = 0x7b;

/**
 * Reads the blocks of a file that this program or a Substrate node exported, one after the other, whatever its size: binary (a count,
 * then SCALE) or JSON, which its first bytes tell apart. The last result is a failure where the file is damaged or cut off.
 */
export function* readBlocks(file: string): Generator<Result<SignedBlock, string>> {
  const descriptor = openSync(file, "r");
  try {
    const input = new Input(descriptor);
    yield* isJson(input) ? readJson(input) : readBinary(input);
  } finally {
    closeSync(descriptor);
  }
}

/** A count that begins like JSON has zeros after that. */
function isJson(input: Input): boolean {
  input.fill(2);
  return input.bytes[0] === BRACE && input.bytes[1] !== 0;
}

function* readBinary(input: Input): Generator<Result<SignedBlock, string>> {
  if (!input.fill(8)) {
    yield err("it has no count of blocks");
    return;
  }
  const view = new DataView(input.bytes.buffer, input.bytes.byteOffset);
  const count = view.getBigUint64(0, true);
  input.drop(8);
  for (let i = 0n; i < count; i++) {
    let read = input.bytes.length === 0 ? err("nothing is left") : readBlockBinary(input.bytes);
    while (
      !read.ok &&
      input.bytes.length < LARGEST_BLOCK &&
      input.fill(input.bytes.length + PIECE)
    ) {
      read = readBlockBinary(input.bytes);
    }
    // The rest may have come with the last piece.
    if (!read.ok) read = readBlockBinary(input.bytes);
    if (!read.ok) {
      yield err(`block ${i + 1n} of ${count} cannot be read: ${read.error}`);
      return;
    }
    input.drop(read.value.length);
    yield ok(read.value.block);
  }
  if (input.fill(1)) yield err(`something else stands behind block ${count}, its last`);
}

function* readJson(input: Input): Generator<Result<SignedBlock, string>> {
  for (let index = 1; ; index++) {
    const text = input.object();
    if (text === undefined) return;
    if (text === "" && !input.isInObject) {
      yield err(`something else stands behind block ${index - 1}, its last`);
      return;
    }
    const block = text === "" ? err("it is cut off") : readBlockJson(text);
    yield block.ok ? block : err(`block ${index} cannot be read: ${block.error}`);
    if (!block.ok) return;
  }
}

/** What was read of a file and not used yet. */
class Input {
  bytes = new Uint8Array(0);
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Reads until so many bytes are there; false where the file has not so many. */
  fill(length: number): boolean {
    while (this.bytes.length < length) {
      const piece = new Uint8Array(PIECE);
      const read = readSync(this.#descriptor, piece);
      if (read === 0) return false;
      const joined = new Uint8Array(this.bytes.length + read);
      joined.set(this.bytes);
      joined.set(piece.subarray(0, read), this.bytes.length);
      this.bytes = joined;
    }
    return true;
  }

  drop(length: number): void {
    this.bytes = this.bytes.subarray(length);
  }

  /** Whether what is left begins like an object of JSON. */
  get isInObject(): boolean {
    return new TextDecoder().decode(this.bytes.subarray(0, PIECE)).trimStart()[0] === "{";
  }

  /** The text of the next object of JSON; empty where the file ends in the middle of one, undefined where there is none. */
  object(): string | undefined {
    let depth = 0;
    let isInText = false;
    for (let at = 0; ; at++) {
      if (at > 2 * LARGEST_BLOCK) return "";
      if (at >= this.bytes.length && !this.fill(at + 1)) {
        const isEnd = depth === 0 && new TextDecoder().decode(this.bytes).trim() === "";
        return isEnd ? undefined : "";
      }
      const char = this.bytes[at]!;
      // A backslash makes the next character one of the text.
      if (isInText && char === 0x5c) at++;
      else if (char === 0x22) isInText = !isInText;
      else if (!isInText && char === BRACE) depth++;
      else if (!isInText && char === 0x7d && --depth === 0) {
        const text = new TextDecoder().decode(this.bytes.subarray(0, at + 1));
        this.drop(at + 1);
        return text;
      }
    }
  }
}
