import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex} from "#base";
import {twox256} from "#crypto";
import {CallContext, HOST_FUNCTIONS} from "../host/index.ts";
import {HostTrap} from "../host-trap.ts";
import {FreeingBumpAllocator} from "../memory/index.ts";
import {Guest, hashing, hostOf, services} from "../test-kit/guest.ts";
import {createHelper} from "./helper.ts";
import {helperModule} from "./helper-module.ts";

const PAGES = 2;
const BASE = 13;

/** The helper's heap over one memory and the plain one over another. */
function heaps() {
  const memory = new WebAssembly.Memory({initial: PAGES, maximum: PAGES});
  const helper = createHelper(memory, new CallContext(services));
  helper.begin(BASE);
  const buffer = new ArrayBuffer(memory.buffer.byteLength);
  return {
    helped: {heap: helper.allocator, bytes: new Uint8Array(memory.buffer)},
    plain: {heap: new FreeingBumpAllocator(buffer, BASE), bytes: new Uint8Array(buffer)},
  };
}

/** What a step answers, or the words with which it is refused. */
function outcome(step: () => unknown): number | string | undefined {
  try {
    const answer = step();
    return typeof answer === "number" ? answer : undefined;
  } catch (error) {
    if (error instanceof HostTrap) return error.message;
    throw error;
  }
}

test("its heap is the plain one: addresses, headers, and the words of each refusal", () => {
  const size = fc.oneof(
    {weight: 60, arbitrary: fc.nat(40)},
    {weight: 20, arbitrary: fc.nat(3_000)},
    {weight: 1, arbitrary: fc.constantFrom(2 ** 25, 2 ** 25 + 1, 2 ** 32 - 1)},
  );
  const steps = fc.array(
    fc.oneof(
      {weight: 60, arbitrary: fc.record({allocate: size})},
      {weight: 50, arbitrary: fc.record({free: fc.nat()})},
      {weight: 1, arbitrary: fc.record({freeAt: fc.oneof(fc.nat(500), fc.nat(2 ** 32 - 1))})},
      {weight: 1, arbitrary: fc.record({spoil: fc.nat(2_000), value: fc.nat(255)})},
      {weight: 1, arbitrary: fc.constant({reset: true} as const)},
    ),
    {maxLength: 120, size: "max"},
  );
  fc.assert(
    fc.property(steps, sequence => {
      const {helped, plain} = heaps();
      let taken: number[] = [];
      const given = (at: number) => taken[at % taken.length];
      for (const step of sequence) {
        if ("spoil" in step) {
          for (const {bytes} of [helped, plain]) bytes[step.spoil] = step.value;
          continue;
        }
        const run = ({heap}: typeof helped | typeof plain) =>
          outcome(() => {
            if ("allocate" in step) return heap.allocate(step.allocate);
            if ("reset" in step) return heap.reset();
            if ("freeAt" in step) return heap.free(step.freeAt);
            const address = given(step.free);
            return address === undefined ? undefined : heap.free(address);
          });
        const expected = run(plain);
        assert.equal(run(helped), expected);
        // After a refusal the call is over.
        if (typeof expected === "string") break;
        if (typeof expected === "number") taken.push(expected);
        if ("reset" in step) taken = [];
        if ("free" in step) {
          const address = given(step.free);
          taken = taken.filter(one => one !== address);
        }
      }
      assert.equal(
        bytesToHex(helped.bytes.slice(0, 6_000)),
        bytesToHex(plain.bytes.slice(0, 6_000)),
      );
    }),
    {numRuns: 300},
  );
});

const HASHES = {
  blake2_128: [16, (data: Uint8Array) => hashing.blake2b128(data)],
  blake2_256: [32, (data: Uint8Array) => hashing.blake2b256(data)],
  twox_64: [8, (data: Uint8Array) => hashing.twox64(data)],
  twox_128: [16, (data: Uint8Array) => hashing.twox128(data)],
  twox_256: [32, twox256],
} as const;

for (const [name, [size, plain]] of Object.entries(HASHES)) {
  test(`its ${name} is the plain one, for every length around its blocks and any bytes`, () => {
    Guest.run(hostOf(), guest => {
      const same = (data: Uint8Array) => {
        const hashed = guest.fixed(size, `hashing_${name}_version_1`, data);
        assert.equal(bytesToHex(hashed), bytesToHex(plain(data)), `${data.length} bytes`);
      };
      for (let length = 0; length <= 300; length++) {
        same(Uint8Array.from({length}, (_, i) => (i * 7 + length) & 255));
      }
      fc.assert(fc.property(fc.uint8Array({maxLength: 600}), same), {numRuns: 50});
    });
  });
}

test("what it hashes has to lie in memory, though it be nothing", () => {
  Guest.run(hostOf(), guest => {
    for (const name of ["blake2_128", "twox_128"]) {
      const hash = (span: bigint) => () => guest.raw(`hashing_${name}_version_1`, span);
      assert.throws(hash(0xffff_ffffn), WebAssembly.RuntimeError);
      assert.throws(hash((0xffff_ffffn << 32n) | 16n), WebAssembly.RuntimeError);
      assert.throws(hash((64n << 32n) | 0xffff_fff0n), WebAssembly.RuntimeError);
    }
  });
});

test("it offers each host function, and is as small as the code that asks for it", () => {
  const module = helperModule(HOST_FUNCTIONS);
  const offered = WebAssembly.Module.exports(new WebAssembly.Module(module)).map(({name}) => name);
  for (const {name} of HOST_FUNCTIONS) assert.ok(offered.includes(name), name);
  assert.ok(module.length < 32_768, `${module.length} bytes`);
});

test("without it the answers are the same", () => {
  const state = () => hostOf([["key", new Uint8Array(50).fill(1)]]);
  const ask = (guest: Guest) => [
    guest.bytes("storage_get_version_1", "key"),
    guest.bytes("storage_next_key_version_1", ""),
    guest.fixed(16, "hashing_twox_128_version_1", "System"),
    guest.fixed(32, "trie_blake2_256_ordered_root_version_1", Uint8Array.of(4, 4, 1)),
    guest.call("storage_exists_version_1", "key"),
    guest.call("allocator_malloc_version_1", 100),
  ];
  assert.deepEqual(Guest.run(state(), ask, {isHelped: false}), Guest.run(state(), ask));
});
