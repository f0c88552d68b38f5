import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes, hex, unwrap} from "#base";
import {WASM_HEADER, wasmSections} from "#wasm";
import {readCodeVersion} from "./code-version.ts";
import {MAX_UNPACKED_CODE, unpackCode} from "./unpack-code.ts";

const PREFIX = hex("0x52bc537646db8e05");
const MAGIC = hex("0x28b52ffd");

const u24 = (value: number) => Uint8Array.of(value & 255, (value >> 8) & 255, value >> 16);

const MEBIBYTE = 0x50;
/** The widest, of 128 MiB: `2 ** (10 + exponent)`, with the exponent in the upper five bits. */
const WIDEST = 17 << 3;

/** A frame of blocks that each say one byte so many times, and with no word on its size. */
function frameOf(blocks: readonly number[], window = MEBIBYTE): Uint8Array {
  const parts = blocks.map((size, i) => {
    const isLast = i === blocks.length - 1 ? 1 : 0;
    return concatBytes(u24((size << 3) | (1 << 1) | isLast), Uint8Array.of(7));
  });
  return concatBytes(PREFIX, MAGIC, Uint8Array.of(0x00, window), ...parts);
}

test("a frame is unpacked, and code that is not compressed stays as it is", () => {
  assert.deepEqual(unwrap(unpackCode(frameOf([3, 2]))), new Uint8Array(5).fill(7));
  assert.deepEqual(unwrap(unpackCode(WASM_HEADER)), WASM_HEADER);
});

test("a bomb is stopped at the bound, and a frame that claims too much is not begun", () => {
  const block = 128 * 1024;
  const bomb = frameOf(Array.from({length: 2 * Math.ceil(MAX_UNPACKED_CODE / block)}, () => block));
  const before = process.memoryUsage().arrayBuffers;
  const stopped = unpackCode(bomb);
  assert.ok(!stopped.ok && /more than 52428800 bytes/.test(stopped.error), JSON.stringify(stopped));
  assert.ok(process.memoryUsage().arrayBuffers - before < 3 * MAX_UNPACKED_CODE);
  // One segment whose content is said to have a gibibyte; and a window of two.
  const content = concatBytes(PREFIX, MAGIC, hex("0xa000000040"), new Uint8Array(9));
  const window = concatBytes(PREFIX, MAGIC, Uint8Array.of(0x00, 0xa8), new Uint8Array(9));
  for (const claim of [content, window]) {
    const refused = unpackCode(claim);
    assert.ok(!refused.ok && /asks for/.test(refused.error), JSON.stringify(refused));
  }
});

test("code that was compressed as hard as it goes has a window wider than it could fill", () => {
  assert.deepEqual(unwrap(unpackCode(frameOf([3, 2], WIDEST))), new Uint8Array(5).fill(7));
  const wider = unpackCode(frameOf([3, 2], WIDEST + 1));
  assert.ok(!wider.ok && /a window of 150994944 bytes/.test(wider.error), JSON.stringify(wider));
});

test("no bytes make it throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 200}), bytes => {
      unpackCode(concatBytes(PREFIX, MAGIC, bytes));
      readCodeVersion(concatBytes(WASM_HEADER, bytes));
    }),
  );
});

test("a module of thousands of sections is refused", () => {
  const empty = Uint8Array.of(0, 1, 0);
  const module = concatBytes(WASM_HEADER, ...Array.from({length: 1_000}, () => empty));
  const read = wasmSections(module);
  assert.deepEqual(read, {ok: false, error: "too-many-sections"});
});
