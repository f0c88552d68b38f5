import type {Steps} from "#base";
import type {WasmSection} from "#wasm";
import type {ModuleLayout} from "./module-layout.ts";
import {ModuleReader} from "./module-reader.ts";

const TABLE_SECTION = 4;
const ELEMENT_SECTION = 9;
const CODE_SECTION = 10;
const DATA_COUNT_SECTION = 12;
/** Exceptions bring this one. */
const TAG_SECTION = 13;
const END = 0x0b;

/**
 * How an instruction goes on after its opcode: with nothing, with a number, with alignment and offset, with a byte that is
 * zero in WebAssembly 1.0, with a block's type, with type and table, with a list of branches, with a float, or with
 * another opcode.
 */
type Rest =
  | "nothing"
  | "leb"
  | "memory"
  | "zero"
  | "block-type"
  | "indirect"
  | "branch-table"
  | "f32"
  | "f64"
  | "prefixed";

/** By opcode; what is not here came after what upstream's engine has switched on. */
const RESTS: readonly (Rest | undefined)[] = (() => {
  const rests = new Array<Rest | undefined>(256).fill(undefined);
  const put = (from: number, to: number, rest: Rest) => rests.fill(rest, from, to + 1);
  put(0x00, 0x01, "nothing");
  put(0x02, 0x04, "block-type");
  put(0x05, 0x05, "nothing");
  put(0x0b, 0x0b, "nothing");
  put(0x0c, 0x0d, "leb");
  put(0x0e, 0x0e, "branch-table");
  put(0x0f, 0x0f, "nothing");
  put(0x10, 0x10, "leb");
  put(0x11, 0x11, "indirect");
  put(0x1a, 0x1b, "nothing");
  put(0x20, 0x24, "leb");
  put(0x28, 0x3e, "memory");
  put(0x3f, 0x40, "zero");
  put(0x41, 0x42, "leb");
  put(0x43, 0x43, "f32");
  put(0x44, 0x44, "f64");
  // Numeric instructions, and sign extension after them.
  put(0x45, 0xc4, "nothing");
  put(0xfc, 0xfc, "prefixed");
  return rests;
})();
/** Of those after 0xfc: conversions that saturate. Bulk memory comes next. */
const LAST_SATURATING = 7;

/** Looked through in some milliseconds. */
const FUNCTIONS_A_STEP = 256;

/** `memory.size` and `memory.grow`. */
const ASKS_SIZE = [0x3f, 0x40];

/** Types of one result or none; a number from zero on would be the index of a type. */
const BLOCK_TYPES = [0x40, 0x7f, 0x7e, 0x7d, 0x7c];
const VALUE_TYPES = [0x7f, 0x7e, 0x7d, 0x7c];

export interface Instructions {
  /** What a module uses that upstream's engine has switched off: in words. */
  readonly refused: string | undefined;
  /** Whether it could notice how large its memory is. */
  readonly asksSize: boolean;
}

const refuse = (refused: string): Instructions => ({refused, asksSize: true});

/**
 * Looks through all instructions of a valid module. The engine here allows more than upstream's, where SIMD, bulk memory,
 * reference types, several results, threads, several memories and 64-bit ones are off: a chain whose code used them would run
 * here and nowhere else (spec/wasm-engine §1.3).
 */
export function* readInstructions(
  sections: readonly WasmSection[],
  {types}: Pick<ModuleLayout, "types">,
): Steps<Instructions> {
  const has = (id: number) => sections.some(section => section.id === id);
  if (has(DATA_COUNT_SECTION)) return refuse("bulk memory (a count of data)");
  if (has(TAG_SECTION)) return refuse("exceptions");
  for (const {params, results} of types) {
    if (results.length > 1) return refuse("several results");
    if (![...params, ...results].every(type => VALUE_TYPES.includes(type))) {
      return refuse("values of another type than numbers");
    }
  }
  const contentOf = (id: number) =>
    new ModuleReader(sections.find(section => section.id === id)?.content ?? Uint8Array.of(0));
  if (contentOf(TABLE_SECTION).u32() > 1) return refuse("several tables");
  if (!areElementsPlain(contentOf(ELEMENT_SECTION))) return refuse("elements for bulk memory");
  return yield* readCode(contentOf(CODE_SECTION));
}

/** Whether all segments are a list of functions for table 0 at a constant offset. */
function areElementsPlain(reader: ModuleReader): boolean {
  const segments = reader.u32();
  for (let i = 0; i < segments; i++) {
    if (reader.u32() !== 0) return false;
    reader.byte();
    reader.skipLeb();
    if (reader.byte() !== END) return false;
    const functions = reader.u32();
    for (let j = 0; j < functions; j++) reader.skipLeb();
  }
  return true;
}

function* readCode(reader: ModuleReader): Steps<Instructions> {
  let asksSize = false;
  const count = reader.u32();
  for (let i = 0; i < count; i++) {
    if (i % FUNCTIONS_A_STEP === FUNCTIONS_A_STEP - 1) yield;
    const length = reader.u32();
    const end = reader.at + length;
    const groups = reader.u32();
    for (let group = 0; group < groups; group++) {
      reader.u32();
      if (!VALUE_TYPES.includes(reader.byte())) return refuse("locals of another type");
    }
    while (reader.at < end) {
      const opcode = reader.byte();
      if (ASKS_SIZE.includes(opcode)) asksSize = true;
      const fault = pass(reader, opcode);
      if (fault !== undefined) return refuse(fault);
    }
  }
  return {refused: undefined, asksSize};
}

/** Passes over the rest of an instruction; says what about it is refused. */
function pass(reader: ModuleReader, opcode: number): string | undefined {
  switch (RESTS[opcode]) {
    case undefined:
      return `instruction 0x${opcode.toString(16)}`;
    case "nothing":
      return undefined;
    case "leb":
      reader.skipLeb();
      return undefined;
    case "memory":
      reader.skipLeb();
      reader.skipLeb();
      return undefined;
    case "zero":
      return reader.byte() === 0 ? undefined : "several memories";
    case "block-type":
      return BLOCK_TYPES.includes(reader.byte()) ? undefined : "blocks of several results";
    case "indirect":
      reader.skipLeb();
      return reader.byte() === 0 ? undefined : "several tables";
    case "branch-table": {
      const targets = reader.u32();
      for (let i = 0; i <= targets; i++) reader.skipLeb();
      return undefined;
    }
    case "f32":
      reader.skip(4);
      return undefined;
    case "f64":
      reader.skip(8);
      return undefined;
    case "prefixed": {
      const second = reader.u32();
      return second <= LAST_SATURATING ? undefined : `instruction 0xfc ${second}`;
    }
  }
}
