import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, concatBytes} from "#base";
import {createPortableHashing} from "#crypto";
import {LikelyKeys} from "./likely-keys.ts";

const hashing = createPortableHashing();
const PREFIX = new Uint8Array(32).fill(9);
const account = (of: number) => Uint8Array.from({length: 32}, (_, i) => (of + i) % 256);
const txOf = (of: number, before = 4) =>
  concatBytes(new Uint8Array(before).fill(0xff), account(of), new Uint8Array(70));
const key = (of: number, hasher: "blake2b128" | "twox64" = "blake2b128") =>
  bytesToBinary(concatBytes(PREFIX, hashing[hasher](account(of)), account(of)));

test("the entry of the account that stands in the same place is foreseen", () => {
  const likely = new LikelyKeys(hashing);
  assert.deepEqual(likely.of(txOf(1)), []);
  likely.learn(txOf(1), key(1));
  assert.deepEqual(likely.of(txOf(50)), [key(50)]);
  likely.learn(txOf(1), key(1, "twox64"));
  assert.deepEqual(likely.of(txOf(51)), [key(51), key(51, "twox64")]);
  likely.clear();
  assert.deepEqual(likely.of(txOf(50)), []);
});

test("keys of another kind, and of accounts that do not stand in it, teach nothing", () => {
  const likely = new LikelyKeys(hashing);
  likely.learn(txOf(1), key(2));
  likely.learn(txOf(1), ":code");
  likely.learn(txOf(1), `${key(1)}more`);
  assert.deepEqual(likely.of(txOf(1)), []);
});

test("a transaction that ends before the place is asked about without", () => {
  const likely = new LikelyKeys(hashing);
  likely.learn(txOf(1, 40), key(1));
  assert.deepEqual(likely.of(txOf(1).slice(0, 71)), []);
});

test("however many places strangers' transactions teach, few are tried", () => {
  const likely = new LikelyKeys(hashing);
  for (let before = 0; before < 100; before++) likely.learn(txOf(1, before), key(1));
  assert.equal(likely.of(new Uint8Array(200)).length, 8);
  assert.deepEqual(likely.of(txOf(2, 99)).includes(key(2)), true, "what was learnt last is known");
});
