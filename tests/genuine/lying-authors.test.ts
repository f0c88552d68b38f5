import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {after, test} from "node:test";
import {concatBytes, unwrap} from "#base";
import {bytes, encode, u32} from "#codec";
import {extrinsicsVersionOf} from "#core";
import {createNativeCrypto} from "#crypto-native";
import {RELAY_SLOT, type RelayWorld} from "#relay";
import {listRoot} from "#trie";
import {knownChain} from "./support/known-specs.ts";
import {downward, liarIn} from "./support/liar.ts";
import {rehearsedNetwork} from "./support/rehearsed-network.ts";
import {readSpec} from "./support/replay.ts";

/** Of four collators Dave lies; his node follows the chain, and his keys are the liar's. */
const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const {keyPairs} = await createNativeCrypto();
const bob = unwrap(keyPairs.fromUri("sr25519", "//Bob")).publicKey;

/** A folder with chain specs that npm has not: of other generations, and one of a runtime that counts the size of proofs. */
const folder = process.env.KHALA_GENUINE;
const COUNTING = "educhain-runtime";
const OTHERS = ["rhala", "people-polkadot", COUNTING];
const texts = (folder === undefined ? [] : readdirSync(folder))
  .filter(file => file.endsWith(".json"))
  .map(file => readFileSync(join(folder!, file), "utf8"));
const nameOf = (text: string) => readSpec(text).runtime.version.specName;
const subjects = [
  {name: "statemine", text: await knownChain("rococo_v2_2_asset_hub")},
  ...OTHERS.flatMap(name => {
    const text = texts.find(one => nameOf(one) === name);
    return text === undefined ? [] : [{name, text}];
  }),
];
if (folder === undefined) {
  process.stdout.write(
    "authors lie on rhala and others where KHALA_GENUINE names a folder with their chain specs\n",
  );
}

for (const {name, text} of subjects) {
  const network = await rehearsedNetwork(text, {
    names: NAMES,
    silent: ["Dave"],
    proofSize: name === COUNTING ? "recorded" : "unrecorded",
  });
  after(() => network.stop());
  const liar = await liarIn(network, "Dave");
  const {forge, judged, isRefused, answersTo, lying, sign, hashing, finalized} = liar;
  const truth = lying(() => ({}));

  test(`${name}: three honest of four make blocks in their turns, and those become final`, async () => {
    await network.until(() => finalized() >= 4);
    const hashes = network.nodes.map(({node}) => node.chain.hashOf(4));
    for (const hash of hashes) assert.deepEqual(hash, hashes[0]);
  });

  test(`${name}: a block of the fourth that tells the truth is taken by all`, async () => {
    const block = await forge(truth);
    unwrap(judged(block));
    assert.equal(await answersTo(block), "taken");
  });

  const lies = [
    ["number", "relay-number-wrong", lying(({offset}) => ({offset: offset - 1}))],
    [
      "slot",
      "relay-slot-wrong",
      lying(({offset, slotBegins}) => ({
        offset: offset + 1,
        slotBegins: (slotBegins + RELAY_SLOT) as typeof slotBegins,
      })),
    ],
    [
      "root",
      "relay-root-wrong",
      lying(() => ({channels: [{sender: 2_000, head: new Uint8Array(32)}]})),
    ],
  ] as const;
  for (const [what, code, provider] of lies) {
    test(`${name}: a lie about the relay chain's ${what} makes a block that its runtime takes and judges valid, and nobody else takes`, async () => {
      const block = await forge(provider);
      unwrap(judged(block));
      await isRefused(block, code);
    });
  }

  test(`${name}: a message that nobody sent is refused, whether or not the author's own root vouches for it`, async () => {
    const message = encode(u32, 0xdead);
    const sentAt = ({slotBegins, offset}: RelayWorld) =>
      Math.floor(slotBegins / RELAY_SLOT) - offset;
    const vouched = lying(
      world => ({
        downwardHead: hashing.blake2b256(
          concatBytes(
            world.downwardHead ?? new Uint8Array(32),
            encode(u32, sentAt(world)),
            hashing.blake2b256(encode(bytes, message)),
          ),
        ),
      }),
      {messages: world => downward(sentAt(world), message)},
    );
    const block = await forge(vouched);
    unwrap(judged(block));
    await isRefused(block, "relay-root-wrong");

    // Under the true root its runtime makes no such block: it is written by hand.
    const {header, ...rest} = await forge(truth);
    const body = liar.bodyWithMessage({header, ...rest}, message);
    const version = extrinsicsVersionOf(rest.runtime);
    const extrinsicsRoot = listRoot(data => hashing.blockHash(data), body, version);
    await isRefused({sealed: sign({...header, extrinsicsRoot}), body}, "relay-messages-wrong");
  });

  test(`${name}: a block on another head than its parent's is made by the runtime and refused by its validate_block, and by all others`, async () => {
    const block = await forge(lying(() => ({}), {parentHead: head => head.slice(1)}));
    const verdict = judged(block);
    assert.ok(!verdict.ok);
    assert.match(verdict.error, /[Pp]arent head/);
    await isRefused(block, "relay-parent-wrong");
  });

  test(`${name}: a block that another collator sealed, or nobody, is refused by its validate_block and by all others`, async () => {
    const block = await forge(truth);
    const byBob = {...block, sealed: sign(block.header, "//Bob")};
    const unsealed = {...block, sealed: block.header};
    for (const wrong of [byBob, unsealed]) {
      const verdict = judged(wrong);
      assert.ok(!verdict.ok);
      assert.match(verdict.error, /seal/i);
    }
    assert.equal(await answersTo(unsealed), "unsealed");
    await isRefused(byBob, "wrong-author");
  });

  test(`${name}: a state root that execution does not come to is refused by its validate_block and by all others`, async () => {
    const block = await forge(truth);
    const header = {...block.header, stateRoot: new Uint8Array(32)};
    const wrong = {...block, header, sealed: sign(header)};
    assert.ok(!judged(wrong).ok);
    await isRefused(wrong, "state-root-mismatch");
  });

  if (name === COUNTING) {
    test(`${name}: a block whose author does not count the size of proofs is taken by its own runtime, and refused by its validate_block and by all others`, async () => {
      const transactions = [liar.transfer(bob)];
      const block = await forge(truth, {proofSize: "unrecorded", transactions});
      const verdict = judged({...block, proofSize: "unrecorded"});
      assert.ok(!verdict.ok);
      assert.match(verdict.error, /Storage root must match/);
      await isRefused(block, "state-root-mismatch");
      const counted = await forge(truth, {transactions});
      unwrap(judged(counted));
      assert.equal(await answersTo(counted), "taken");
    });
  }

  test(`${name}: a block of a liar who tells his peers is refused by each of them, and they go on without it`, async () => {
    const [[, code, provider]] = lies;
    const block = await forge(provider, {isTold: true});
    const before = finalized();
    await network.until(() => finalized() >= before + 4);
    for (const {node, log} of network.nodes.slice(0, -1)) {
      assert.equal(node.chain.header(liar.hashOf(block)), undefined);
      assert.equal(log.length, 1, log.join("\n"));
      assert.match(log[0]!, new RegExp(`bad block refused .*${code}`));
    }
  });
}
