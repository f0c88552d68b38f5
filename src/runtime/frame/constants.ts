import {type Codec, encode} from "#codec";

/** A value of the composition that clients may read from metadata. */
export interface Constant {
  readonly name: string;
  readonly codec: Codec<unknown>;
  readonly value: Uint8Array;
  readonly docs: string;
}

export function constant<T>(name: string, codec: Codec<T>, value: T, docs: string): Constant {
  return {name, codec: codec as Codec<unknown>, value: encode(codec, value), docs};
}
