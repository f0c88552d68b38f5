import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, millis, unwrap} from "#base";
import {parseChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {
  describeRuntime,
  type ExtrinsicSigner,
  encodeCall,
  StateReader,
  signExtrinsic,
  signerOf,
} from "#description";
import {
  createRuntimes,
  inMemoryNode,
  quietly,
  type RunningNode,
  readyChain,
  startNode,
} from "#node";
import {validateTransaction} from "#runtime-api";
import {GenuineChain} from "./support/genuine-chain.ts";
import {knownChain} from "./support/known-specs.ts";

const crypto = await createNativeCrypto();
const {hashing, keyPairs} = crypto;
const alice: ExtrinsicSigner = signerOf(unwrap(keyPairs.fromUri("sr25519", "//Alice")), hashing);
const text = await knownChain("rococo_v2_2_asset_hub");

async function rehearsal(changes: readonly unknown[]): Promise<RunningNode> {
  const tools = {crypto, runtimes: createRuntimes(crypto), now: millis(1_700_000_000_000)};
  const {spec} = unwrap(parseChainSpec(text));
  const {spec: made, authors} = unwrap(readyChain(spec, {collators: 1, changes}, tools));
  return unwrap(
    await startNode(
      inMemoryNode({spec: {...made, chainType: "Development"}, devKeys: authors}),
      quietly,
    ),
  );
}

/** The chain itself, where Alice has money too. */
function live(): GenuineChain {
  const data = {free: String(10n ** 18n), reserved: 0, miscFrozen: 0, feeFrozen: 0};
  const account = {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data};
  const named = {System: {Account: [[[bytesToHex(alice.account)], account]]}};
  const chain = new GenuineChain(text, {named});
  const {after} = chain.makeBlock(Math.floor(1_700_000_000_000 / chain.slotDuration));
  chain.head = after;
  return chain;
}

for (const [what, changes] of [
  ["from the chain's first state", []],
  ["from a later state", [{System: {Number: 1_000_000}}]],
] as const) {
  test(`what is signed in a rehearsal ${what} is valid there, and on the chain that it was made of it is not`, async () => {
    const node = await rehearsal(changes);
    try {
      unwrap(await node.timeTools!.makeBlock([]));
      const {chain, pool} = node;
      const {state} = chain.head;
      const runtime = unwrap(chain.runtimeOf(state));
      const host = chain.host(state, {verifySignature: () => false});
      const description = unwrap(describeRuntime(runtime, host));
      // Clients take `chain_getBlockHash(0)`, runtimes what is in their state: the same.
      const reader = new StateReader(description, state, hashing);
      assert.deepEqual(reader.read("System.BlockHash", [0]), chain.genesisHash);
      assert.deepEqual(chain.hashOf(0), chain.genesisHash);
      const {specVersion, transactionVersion} = runtime.version;
      const facts = {nonce: 0, genesisHash: chain.genesisHash, specVersion, transactionVersion};
      const call = unwrap(
        encodeCall(description, {call: "System.remark", args: {remark: new Uint8Array(1)}}),
      );
      const signed = unwrap(signExtrinsic(description, call, alice, facts, hashing));
      assert.equal((await pool.submit("External", signed)).ok, true);

      const there = live();
      const verdict = (extrinsic: Uint8Array) =>
        JSON.stringify(
          unwrap(
            validateTransaction(there.runtime, there.host(there.head.state), {
              source: "External",
              tx: extrinsic,
              at: {number: there.head.header.number, hash: there.hashOf(there.head.header)},
            }),
          ),
          (_, value) => (typeof value === "bigint" ? String(value) : value),
        );
      assert.match(verdict(signed), /BadProof/);
      // It is the signature that is refused, and nothing else of it.
      const own = {...facts, genesisHash: there.hashOf(there.genesis.header)};
      assert.doesNotMatch(
        verdict(unwrap(signExtrinsic(description, call, alice, own, hashing))),
        /BadProof/,
      );
    } finally {
      await node.stop();
    }
  });
}
