import {type Reader, reader, type Writer, writer} from "protons-runtime";
import {err, ok, type Result} from "#base";
import {type Malformed, malformed} from "./malformed.ts";

const WIRE_TYPE = {varint: 0, fixed64: 1, bytes: 2, fixed32: 5} as const;

class MalformedField extends Error {}

/** A field's value as it stands in a message: whoever reads it says what it should be. */
export class FieldValue {
  readonly #reader: Reader;
  readonly #wireType: number;

  constructor(source: Reader, wireType: number) {
    this.#reader = source;
    this.#wireType = wireType;
  }

  #expect(wireType: number): void {
    if (this.#wireType !== wireType) {
      throw new MalformedField(`wire type ${this.#wireType} instead of ${wireType}`);
    }
  }

  uint32(): number {
    this.#expect(WIRE_TYPE.varint);
    return this.#reader.uint32();
  }

  bool(): boolean {
    this.#expect(WIRE_TYPE.varint);
    return this.#reader.bool();
  }

  /** A copy: a header that is kept must not keep alive the 16 MiB that it came in. */
  bytes(): Uint8Array {
    return this.message().slice();
  }

  /** A message within the message, where it stands. */
  message(): Uint8Array {
    this.#expect(WIRE_TYPE.bytes);
    return this.#reader.bytes();
  }

  text(): string {
    this.#expect(WIRE_TYPE.bytes);
    return this.#reader.string();
  }

  skip(): void {
    // Groups are long gone from the language, and their nesting has no bound.
    if (!Object.values<number>(WIRE_TYPE).includes(this.#wireType)) {
      throw new MalformedField(`wire type ${this.#wireType}`);
    }
    this.#reader.skipType(this.#wireType);
  }
}

/** Says that what was read is not the message it should be. Only to be thrown below `decodeMessage`. */
export function reject(message: string): never {
  throw new MalformedField(message);
}

/** Adds to a list that a peer may not make longer than `bound`: an empty item costs it two bytes and us fifty. */
export function pushBounded<T>(list: T[], item: T, bound: number): void {
  if (list.length >= bound) reject(`more than ${bound} items`);
  list.push(item);
}

/** Walks a message's fields in their order; `onField` reads or skips each. Only below `decodeMessage`. */
export function eachField(
  bytes: Uint8Array,
  onField: (field: number, value: FieldValue) => void,
): void {
  const source = reader(bytes);
  while (source.pos < source.len) {
    const tag = source.uint32();
    onField(tag >>> 3, new FieldValue(source, tag & 7));
  }
}

/** Runs a reader over untrusted bytes: the one place where what it throws becomes a value. */
export function decodeMessage<T>(read: () => T): Result<T, Malformed> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof Error) return err(malformed(error.message));
    throw error;
  }
}

/** Writes fields. What has its default value is left out by the caller, as protobuf 3 wants it. */
export class MessageWriter {
  readonly #writer: Writer = writer();

  uint32(field: number, value: number): this {
    this.#writer.uint32((field << 3) | WIRE_TYPE.varint);
    this.#writer.uint32(value);
    return this;
  }

  bool(field: number, value: boolean): this {
    return this.uint32(field, value ? 1 : 0);
  }

  bytes(field: number, value: Uint8Array): this {
    this.#writer.uint32((field << 3) | WIRE_TYPE.bytes);
    this.#writer.bytes(value);
    return this;
  }

  text(field: number, value: string): this {
    this.#writer.uint32((field << 3) | WIRE_TYPE.bytes);
    this.#writer.string(value);
    return this;
  }

  finish(): Uint8Array {
    return this.#writer.finish();
  }
}
