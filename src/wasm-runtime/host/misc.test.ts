import assert from "node:assert/strict";
import {test} from "node:test";
import {hex} from "#base";
import {Guest, hostOf, services} from "../test-kit/guest.ts";

test("memory is given out above the heap's base and taken back", () => {
  Guest.run(hostOf(), guest => {
    const [a, b] = [8, 9].map(size => guest.call("allocator_malloc_version_1", size) as number);
    assert.equal(b! - a!, 16);
    guest.call("allocator_free_version_1", a!);
    assert.equal(guest.call("allocator_malloc_version_1", 1), a);
    assert.throws(() => guest.call("allocator_malloc_version_1", -1), /larger than one may be/);
    assert.throws(() => guest.call("allocator_free_version_1", 3), /no memory|not allocated/);
  });
});

test("of code its version is answered, and nothing where it has none", () => {
  const versionOf = (code: Uint8Array) => (code.length === 2 ? hex("0x0102") : undefined);
  const answer = (code: Uint8Array) =>
    Guest.run(hostOf(), guest => guest.bytes("misc_runtime_version_version_1", code), {
      services: {...services, versionOf},
    });
  assert.deepEqual(answer(hex("0x0a0b")), Uint8Array.of(1, 8, 1, 2));
  assert.deepEqual(answer(hex("0x0a")), Uint8Array.of(0));
});

test("the size of a proof is what the host says, and without one the largest number", () => {
  const size = (host = hostOf()) =>
    Guest.run(host, guest =>
      BigInt.asUintN(64, guest.call("storage_proof_size_storage_proof_size_version_1") as bigint),
    );
  assert.equal(size(), 2n ** 64n - 1n);
  assert.equal(size(hostOf([], {proofSize: () => 1_234n})), 1_234n);
});

test("what a block leaves for other databases is taken and leaves the state alone", () => {
  const host = hostOf();
  const root = host.state.root(0);
  Guest.run(host, guest => {
    const hash = guest.memory.place(new Uint8Array(32));
    guest.call("offchain_index_set_version_1", "k", hex("0x01"));
    guest.call("offchain_index_clear_version_1", "k");
    guest.call("transaction_index_index_version_1", 1, 2, hash);
    guest.call("transaction_index_renew_version_1", 1, hash);
  });
  assert.deepEqual(host.state.root(0), root);
});

test("what is for off-chain workers ends any other call", () => {
  Guest.run(hostOf(), guest => {
    assert.throws(() => guest.call("offchain_timestamp_version_1"), /off-chain workers alone/);
    assert.throws(() => guest.call("offchain_random_seed_version_1"), /off-chain workers alone/);
  });
});
