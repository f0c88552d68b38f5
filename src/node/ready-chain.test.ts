import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, unwrap} from "#base";
import type {ChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import type {DevelopmentWishes} from "#rehearsal";
import {createForeignEngine, soloSpec} from "../runtime/test-kit/foreign/index.ts";
import {readyChain} from "./ready-chain.ts";
import {createRuntimes} from "./runtimes.ts";
import {knownAccount, TOY} from "./test-kit/foreign-node.ts";

const crypto = await createNativeCrypto();
const runtimes = createRuntimes(crypto, {engines: [createForeignEngine(crypto)]});
const alice = knownAccount("Alice");
const solo = soloSpec(
  {
    balances: [[alice.sr25519, TOY]],
    invulnerables: [alice.sr25519],
    sudo: alice.sr25519,
    candidacyBond: TOY,
  },
  [alice.ed25519],
  crypto,
);
const ready = (spec: ChainSpec, wishes: DevelopmentWishes) =>
  readyChain(spec, wishes, {crypto, runtimes, now: millis(1_800_000_000_000)});

test("a chain of development accounts runs as it is, unless something of it is to be otherwise", () => {
  const asItIs = unwrap(ready(solo, {collators: 1}));
  assert.deepEqual([asItIs.authors, asItIs.rehearsed, asItIs.spec], [["//Alice"], undefined, solo]);
  for (const wish of [{rate: 20}, {changes: [{Sudo: {Key: "//Bob"}}]}]) {
    const other = unwrap(ready(solo, {collators: 1, ...wish}));
    assert.equal(other.rehearsed?.runtime, "toyland 70");
  }
});

test("a rehearsal is not made into another one, and nobody is told that it was", () => {
  const {spec} = unwrap(ready(solo, {collators: 1, rate: 20}));
  assert.equal(unwrap(ready(spec, {collators: 1})).rehearsed, undefined);
  for (const [wish, word] of [
    [{rate: 5}, "another rate"],
    [{code: Uint8Array.of(1)}, "other code"],
    [{changes: [{}]}, "changes of its state"],
  ] as const) {
    const refused = ready(spec, {collators: 1, ...wish});
    assert.ok(!refused.ok);
    assert.equal(refused.error.code, "rehearsal-as-it-is");
    assert.match(refused.error.what, new RegExp(word));
  }
});
