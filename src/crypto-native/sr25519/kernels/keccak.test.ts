import assert from "node:assert/strict";
import {test} from "node:test";
import {keccakP} from "@noble/hashes/sha3.js";
import fc from "fast-check";
import {kernelsOf} from "../test-kit/forms.ts";
import {BLOCK} from "./keccak.ts";
import {KECCAK_STATE} from "./write-module.ts";

test("a block goes into the state, which is permuted as others permute it", () => {
  const kernels = kernelsOf("scalar");
  const [state, block] = [kernels.state(), kernels.block()];
  const memory = new Uint8Array(kernels.memory.buffer);
  const bytes = (length: number) => fc.uint8Array({minLength: length, maxLength: length});
  fc.assert(
    fc.property(bytes(KECCAK_STATE), bytes(BLOCK), (before, absorbed) => {
      memory.set(before, state);
      memory.set(absorbed, block);
      kernels.absorb(state, block);
      assert.ok(memory.subarray(block, block + BLOCK).every(byte => byte === 0));
      const words = new Uint32Array(KECCAK_STATE / 4);
      const expected = new Uint8Array(words.buffer);
      expected.set(before.map((byte, i) => byte ^ (absorbed[i] ?? 0)));
      keccakP(words);
      assert.deepEqual(memory.slice(state, state + KECCAK_STATE), expected);
    }),
  );
});
