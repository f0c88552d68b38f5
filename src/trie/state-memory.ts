import {binaryToBytes, bytesToBinary} from "#base";
import {
  bytes,
  decodeTrusted,
  encode,
  fixedBytes,
  mapped,
  option,
  struct,
  u8,
  u32,
  u64,
  type ValueOf,
  variant,
  vec,
} from "#codec";
import {ChildRoot, HashedValue, type NodeValue} from "./node.ts";
import {NO_PLACE} from "./places.ts";
import type {StateMemory} from "./state-builder.ts";
import type {BuilderMemory, OpenBranch} from "./trie-builder.ts";

const place = mapped(u64, BigInt, Number);
const key = mapped(bytes, binaryToBytes, bytesToBinary);
const placed = struct({hash: fixedBytes(32), place});
const storedValue = variant({Inline: [0, bytes], Hashed: [1, placed], Child: [2, placed]});
const child = struct({nibble: u8, reference: bytes, place});
const branch = struct({end: u32, value: option(storedValue), children: vec(child)});
const builder = struct({
  open: vec(branch),
  last: option(struct({key, value: storedValue})),
});
const memory = struct({top: builder, child: option(builder)});

/** Where the building of a state stands, to be kept until it goes on. */
export function encodeStateMemory({top, child}: StateMemory): Uint8Array {
  return encode(memory, {top: toStored(top), child: child && toStored(child)});
}

/** Of what `encodeStateMemory` gave. Throws `DecodeError` for anything else. */
export function decodeStateMemory(encoded: Uint8Array): StateMemory {
  const {top, child} = decodeTrusted(memory, encoded);
  return {top: fromStored(top), child: child && fromStored(child)};
}

function toStored({open, last}: BuilderMemory): ValueOf<typeof builder> {
  return {
    open: open.map(({end, value, references, places}) => ({
      end,
      value: value && valueToStored(value),
      children: references.flatMap((reference, nibble) =>
        reference === undefined ? [] : [{nibble, reference, place: places[nibble]!}],
      ),
    })),
    last: last && {key: last.key, value: valueToStored(last.value)},
  };
}

function fromStored({open, last}: ValueOf<typeof builder>): BuilderMemory {
  return {
    open: open.map(({end, value, children}): OpenBranch => {
      const references = new Array<Uint8Array | undefined>(16).fill(undefined);
      const places = new Array<number>(16).fill(NO_PLACE);
      for (const one of children) {
        references[one.nibble] = one.reference;
        places[one.nibble] = one.place;
      }
      return {end, value: value && valueFromStored(value), references, places};
    }),
    last: last && {key: last.key, value: valueFromStored(last.value)},
  };
}

function valueToStored(value: NodeValue): ValueOf<typeof storedValue> {
  if (value instanceof HashedValue) {
    return {type: "Hashed", value: {hash: value.hash, place: value.place}};
  }
  if (value instanceof ChildRoot) {
    return {type: "Child", value: {hash: value.root, place: value.place}};
  }
  return {type: "Inline", value};
}

function valueFromStored(stored: ValueOf<typeof storedValue>): NodeValue {
  switch (stored.type) {
    case "Inline":
      return stored.value;
    case "Child":
      return new ChildRoot(stored.value.hash, stored.value.place);
    case "Hashed": {
      const value = new HashedValue(stored.value.hash, undefined, true);
      value.place = stored.value.place;
      return value;
    }
  }
}
