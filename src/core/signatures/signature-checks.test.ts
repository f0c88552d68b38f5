import assert from "node:assert/strict";
import {test} from "node:test";
import {ok, unwrap} from "#base";
import type {CryptoSuite} from "#crypto";
import type {SignatureRequest} from "#runtime-api";
import {SignatureChecks} from "./signature-checks.ts";

const request = (number: number): SignatureRequest => {
  const signature = new Uint8Array(64);
  new DataView(signature.buffer).setUint32(0, number);
  return {
    scheme: "sr25519",
    signature,
    message: Uint8Array.of(1),
    account: new Uint8Array(32).fill(2),
  };
};

test("signatures of a block go over while it is executed, 128 at a time, and the rest of them at its end", async () => {
  const sizes: number[] = [];
  const bad = 200;
  const verifyBatch = async (requests: readonly {readonly signature: Uint8Array}[]) => {
    sizes.push(requests.length);
    return ok(requests.map(({signature}) => signature[3] !== bad));
  };
  const checks = new SignatureChecks({} as CryptoSuite, {verifyBatch});
  const deferred = checks.deferred();
  for (let i = 0; i < 150; i++) assert.ok(deferred.verifySignature(request(i)));
  assert.deepEqual(sizes, [128]);
  assert.equal(unwrap(await deferred.settle()), true);
  assert.deepEqual(sizes, [128, 22]);
  const again = checks.deferred();
  // Those that were found good are not asked about again.
  for (let i = 0; i <= bad + 100; i++) again.verifySignature(request(i));
  assert.equal(sizes.length, 3);
  assert.equal(unwrap(await again.settle()), false);
  assert.deepEqual(sizes.slice(2), [128, 23]);
});
