import {
  type BitSequence,
  bitLayoutOf,
  bitSequence,
  readCompact,
  type TypeInfo,
  writeCompact,
} from "#codec";
import {writeAt} from "./fields.ts";
import {expect} from "./misfit.ts";
import type {Reading, ValueNode, Writing} from "./walk.ts";

/** Items of one type; `length` where it is always the same. */
export function itemsNode(element: () => ValueNode, length: number | undefined): ValueNode {
  let inner: ValueNode | undefined;
  return {
    read(reading: Reading) {
      inner ??= element();
      const count = length ?? readCompact(reading.source);
      reading.enter();
      const values: unknown[] = [];
      for (let i = 0; i < count; i++) {
        // Items that take no bytes are bounded by this alone.
        reading.step();
        values.push(inner.read(reading));
      }
      reading.leave();
      return values;
    },
    write(writing: Writing, value) {
      inner ??= element();
      if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
        return expect(length === undefined ? "a list" : `a list of ${length}`);
      }
      if (length === undefined) writeCompact(value.length, writing.sink);
      writing.enter();
      for (let i = 0; i < value.length; i++) writeAt(inner, i, writing, value[i]);
      writing.leave();
    },
  };
}

/** Undefined for types that no bits can be kept in. */
export function bitsNode(store: TypeInfo, order: TypeInfo): ValueNode | undefined {
  let codec: ReturnType<typeof bitSequence>;
  try {
    const layout = bitLayoutOf(store, order);
    codec = bitSequence(layout.store, layout.order);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  return {
    read: ({source}) => codec.decodeFrom(source),
    write({sink}, value) {
      const {length, bytes} = (value ?? {}) as Partial<BitSequence>;
      if (typeof length !== "number" || !(bytes instanceof Uint8Array)) {
        return expect("{length, bytes} of a bit sequence");
      }
      try {
        codec.encodeTo({length, bytes}, sink);
      } catch (error) {
        if (error instanceof RangeError) expect(`bytes for ${length} bits`);
        throw error;
      }
    },
  };
}
