import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, concatBytes, unwrap} from "#base";
import {createKeysAnswers} from "#rpc";
import {decodeSessionKeys} from "#runtime-api";
import {
  type CoreForTests,
  coreForTests,
  foreignCoreForTests,
} from "../../core/test-kit/core-for-tests.ts";
import {createSessionKeyRuntime} from "./session-keys.ts";

const HOST = {verifySignature: () => false};

function keysOf({core, keystore}: CoreForTests) {
  const runtime = createSessionKeyRuntime(core.chain, HOST);
  return {runtime, keys: createKeysAnswers(keystore, runtime)};
}

test("session keys are made as the chain's runtime asks for them: ours has two, another one has one", async () => {
  for (const [start, expected] of [
    [coreForTests, ["aura", "gran"]],
    [foreignCoreForTests, ["aura"]],
  ] as const) {
    const node = await start([]);
    const {runtime, keys} = keysOf(node);
    assert.deepEqual(unwrap(runtime.types()), expected);
    assert.deepEqual(node.keystore.keys("aura"), [], "asking for the types makes no key");
    const {keys: rotated, proof} = unwrap(keys.rotate());
    assert.equal(proof, undefined);
    const held = expected.map(type => node.keystore.keys(type));
    assert.deepEqual(
      held.map(({length}) => length),
      expected.map(() => 1),
    );
    assert.equal(bytesToHex(rotated), bytesToHex(concatBytes(...held.flat())));

    const {chain} = node.core;
    const {state} = chain.head;
    const apart = unwrap(
      decodeSessionKeys(unwrap(chain.runtimeOf(state)), chain.host(state, HOST), rotated),
    );
    assert.deepEqual(
      apart?.map(({keyType}) => keyType),
      expected,
    );
    assert.ok(apart?.every(({keyType, publicKey}) => keys.has(keyType, publicKey)));
  }
});
