import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, concatBytes, ok, unwrap} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {createMemoryKeystore} from "#keystore";
import {createKeysAnswers, type SessionKeyRuntime} from "#rpc";
import {askSessionKeyKinds, decodeSessionKeys, generateSessionKeys} from "#runtime-api";
import {GenuineChain} from "./support/genuine-chain.ts";
import {oldChain} from "./support/known-specs.ts";

const {keyPairs} = await createNativeCrypto();

/** Session keys of these chains' first runtimes, in their order. */
const CHAINS = [
  ["polkadot", ["gran", "babe", "imon", "para", "audi"]],
  ["westend", ["gran", "babe", "imon", "para", "audi"]],
] as const;

for (const [name, expected] of CHAINS) {
  test(`${name} is given session keys of all its types, and takes them apart again`, () => {
    const chain = new GenuineChain(oldChain(name));
    const {runtime} = chain;
    const host = () => chain.host(chain.head.state);
    let made = 0;
    const keystore = createMemoryKeystore({
      keyPairs,
      randomBytes: length => new Uint8Array(length).fill(++made),
    });
    const asked: SessionKeyRuntime = {
      types: () => ok(unwrap(askSessionKeyKinds(runtime, host())).map(({keyType}) => keyType)),
      generate: (generateSessionKey, keys) =>
        generateSessionKeys(runtime, {...host(), generateSessionKey, keys}) as ReturnType<
          SessionKeyRuntime["generate"]
        >,
    };
    const answers = createKeysAnswers(keystore, asked);
    const {keys: rotated} = unwrap(answers.rotate());
    const held = concatBytes(...expected.flatMap(type => keystore.keys(type)));
    assert.equal(bytesToHex(rotated), bytesToHex(held));
    const apart = unwrap(decodeSessionKeys(runtime, host(), rotated));
    assert.deepEqual(
      apart?.map(({keyType}) => keyType),
      expected,
    );
    assert.ok(apart?.every(({keyType, publicKey}) => answers.has(keyType, publicKey)));
    // A call that was given no keystore traps over it.
    const refused = runtime.call("SessionKeys_generate_session_keys", Uint8Array.of(0), host());
    assert.ok(!refused.ok && refused.error.code === "trap");
    assert.match(refused.error.message, /no keys can be made in this call/);
  });
}
