import {type BinaryString, bytesToBinary} from "#base";
import {type Codec, decode} from "#codec";
import {hostTrap} from "../host-trap.ts";
import type {GuestMemory} from "../memory/index.ts";

/**
 * How a parameter crosses: a span is an i64 (`length << 32 | address`) that host functions see as two numbers, all else is
 * one.
 */
export interface Form<T> {
  /** For people. */
  readonly words: string;
  readonly type: "i32" | "i64" | "span";
  read(memory: GuestMemory, at: number, length: number): T;
}

/** A storage key, or the name of a child trie. */
export const key: Form<BinaryString> = {
  words: "key",
  type: "span",
  read: (memory, at, length) => memory.key(at, length),
};

/** Bytes that may be kept. */
export const data: Form<Uint8Array> = {
  words: "bytes",
  type: "span",
  read: (memory, at, length) => memory.copy(at, length),
};

/** Bytes where they lie, to be done with before anything is written. */
export const view: Form<Uint8Array> = {
  words: "bytes",
  type: "span",
  read: (memory, at, length) => memory.view(at, length),
};

export const text: Form<string> = {
  words: "text",
  type: "span",
  read: (memory, at, length) => new TextDecoder().decode(memory.view(at, length)),
};

/** Room for an answer. */
export const room: Form<{readonly at: number; readonly length: number}> = {
  words: "room for bytes",
  type: "span",
  read: (_, at, length) => ({at, length}),
};

/** SCALE of a value, and nothing after it. */
export const scale = <T>(codec: Codec<T>): Form<T> => ({
  words: codec.typeName,
  type: "span",
  read(memory, at, length) {
    const decoded = decode(codec, memory.view(at, length));
    return decoded.ok
      ? decoded.value
      : hostTrap(`an argument does not decode: ${decoded.error.message}`);
  },
});

/** So many bytes at an address. */
export const fixed = (size: number): Form<Uint8Array> => ({
  words: `${size} bytes`,
  type: "i32",
  read: (memory, at) => memory.copy(at, size),
});

/** Four letters at an address. */
export const keyType: Form<string> = {
  words: "key type",
  type: "i32",
  read: (memory, at) => bytesToBinary(memory.view(at, 4)),
};

export const u32: Form<number> = {words: "u32", type: "i32", read: (_, value) => value};

/** 64 bits, as they came. */
export const u64: Form<bigint> = {
  words: "u64",
  type: "i64",
  read: (_, value) => BigInt.asUintN(64, value as unknown as bigint),
};

/** How values of a trie are laid out. */
export const stateVersion: Form<0 | 1> = {
  words: "layout",
  type: "i32",
  read: (_, value) =>
    value === 0 || value === 1 ? value : hostTrap(`no layout of states has number ${value}`),
};
