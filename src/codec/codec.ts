import {err, ok, type Result} from "#base";
import {Sink} from "./sink.ts";
import {DecodeError, type DecodeFailure, Source} from "./source.ts";
import type {FieldInfo, TypeInfo} from "./type-info.ts";

/** One SCALE type: how it is written, how it is read, and how clients are told of it. */
export interface Codec<T> {
  readonly info: TypeInfo;
  /** How a field of this type is called in metadata, e.g. `Vec<u8>`. */
  readonly typeName: string;
  /** When the type stands for a variant's or a call's fields: these fields. */
  readonly fields?: readonly FieldInfo[];
  encodeTo(value: T, sink: Sink): void;
  decodeFrom(source: Source): T;
}

/** The TypeScript type that a codec reads and writes. */
export type ValueOf<C> = C extends Codec<infer T> ? T : never;

/** Room for everything that a block writes but its largest lists. */
const SCRATCH_SIZE = 4_096;
/** Sinks at rest: making one costs several times what writing an account into it does. */
const resting: Sink[] = [];

export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const sink = resting.pop() ?? new Sink(SCRATCH_SIZE);
  codec.encodeTo(value, sink);
  return copied(sink);
}

/** What `write` writes: several values one after the other, with one sink for all of them. */
export function written(write: (sink: Sink) => void): Uint8Array {
  const sink = resting.pop() ?? new Sink(SCRATCH_SIZE);
  write(sink);
  return copied(sink);
}

function copied(sink: Sink): Uint8Array {
  const bytes = sink.takeCopy();
  // One that grew large is let go, and one that an exception cut short is not reached here.
  if (bytes.length <= SCRATCH_SIZE) resting.push(sink);
  return bytes;
}

/** Reads exactly one value; bytes left over are a failure. */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array): Result<T, DecodeFailure> {
  return attempt(bytes, source => {
    const value = codec.decodeFrom(source);
    if (source.remaining > 0) source.fail("trailing-bytes", `${source.remaining} bytes left over`);
    return value;
  });
}

/** Reads one value from the front and says how many bytes it took; what follows is not looked at. */
export function decodePrefix<T>(
  codec: Codec<T>,
  bytes: Uint8Array,
): Result<{value: T; length: number}, DecodeFailure> {
  return attempt(bytes, source => {
    const value = codec.decodeFrom(source);
    return {value, length: source.offset};
  });
}

/** Runs a decoder over untrusted bytes: the one place where `DecodeError` becomes a value. */
export function attempt<T>(
  bytes: Uint8Array,
  read: (source: Source) => T,
): Result<T, DecodeFailure> {
  try {
    return ok(read(new Source(bytes)));
  } catch (error) {
    if (error instanceof DecodeError) return err(error.failure);
    throw error;
  }
}

/** For bytes that we wrote ourselves (storage): failure is corruption or a bug, and throws `DecodeError`. */
export function decodeTrusted<T>(codec: Codec<T>, bytes: Uint8Array): T {
  return codec.decodeFrom(new Source(bytes));
}
