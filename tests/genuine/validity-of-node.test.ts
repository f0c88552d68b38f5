import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {encode} from "#codec";
import {blockProof, blockStats, judgeBlock, type PastBlock, pastBlock, traceBlock} from "#core";
import {describeRuntime} from "#description";
import {header as headerCodec, itemKey} from "#primitives";
import {executeBlock} from "#runtime-api";
import {Overlay, stateViewOf} from "#state";
import {openProof} from "#trie";
import {relayParentIn} from "#validity";
import {hashing} from "./support/genuine-chain.ts";
import {judgedChain, pairOf} from "./support/judged-chain.ts";
import {judgedCore} from "./support/judged-core.ts";
import {knownChain} from "./support/known-specs.ts";
import {readSpec} from "./support/replay.ts";

/** A folder with the chain spec of a parachain that counts the size of proofs: npm has none. */
const folder = process.env.KHALA_GENUINE;
const [eve, bob] = ["//Eve", "//Bob"].map(pairOf) as [
  ReturnType<typeof pairOf>,
  ReturnType<typeof pairOf>,
];

type Node = Awaited<ReturnType<typeof judgedCore>>;

/** What a block says of its relay chain, by what its runtime publishes. */
function relayParentOf(node: Node, {runtime, parentState, body}: PastBlock) {
  const host = node.core.chain.host(parentState, node.signatures);
  const description = unwrap(describeRuntime(runtime, host));
  return relayParentIn(description, body);
}

const blockOf = (node: Node, hash: Uint8Array) => unwrap(pastBlock(node.core.chain, hash)!);
const judged = (node: Node, hash: Uint8Array) =>
  judgeBlock(blockOf(node, hash), {
    verifySignature: node.signatures.verifySignature,
    relayParent: block => relayParentOf(node, block),
  });

const transferOf = (text: string) =>
  judgedChain(text).sign(eve, 0, "Balances.transfer_keep_alive", {
    dest: bob.publicKey,
    value: 10n ** 12n,
  });

async function twoBlocks(node: Node, text: string) {
  const first = await node.make(1);
  return [first, await node.make(2, [transferOf(text)])] as const;
}

const take = (node: Node, from: Node, hash: Uint8Array) =>
  node.core.importer.import(from.core.chain.header(hash)!, from.core.chain.body(hash)!);

const statemine = await knownChain("rococo_v2_2_asset_hub");

test("a node's blocks on statemine 900 are imported by another, and both have them judged valid", async () => {
  const author = await judgedCore(statemine, "recorded");
  const importer = await judgedCore(statemine, "recorded");
  const blocks = await twoBlocks(author, statemine);
  importer.waitFor(2);
  for (const {hash} of blocks) {
    unwrap(await take(importer, author, hash));
    for (const node of [author, importer]) {
      const {result} = unwrap(judged(node, hash));
      const header = encode(headerCodec, node.core.chain.header(hash)!);
      assert.equal(bytesToHex(result.headData), bytesToHex(header));
    }
  }
});

test("the proof of a block is all that it takes to execute it, and its size is what statistics say", async () => {
  const node = await judgedCore(statemine, "recorded");
  const [, {hash}] = await twoBlocks(node, statemine);
  const block = blockOf(node, hash);
  const {verifySignature} = node.signatures;
  const {items, size} = unwrap(blockProof(block, {verifySignature}));
  const blake2b256 = (data: Uint8Array) => hashing.blake2b256(data);
  const proven = stateViewOf(openProof(blake2b256, block.parentState.root(), items.values()));
  const state = new Overlay(proven);
  const extrinsics = [...block.body];
  unwrap(executeBlock(block.runtime, {state, verifySignature}, {header: block.header, extrinsics}));
  const stats = unwrap(blockStats(block, 0, {verifySignature}));
  assert.equal(stats.compactWitnessSize, size);
  assert.ok(stats.witnessSize > size && size > 1_000 && size < 10_000, `${size}`);
});

test("a block that was made for another relay chain's block is refused, and so is one that says none", async () => {
  const node = await judgedCore(statemine, "recorded");
  const {hash} = await node.make(1);
  const block = blockOf(node, hash);
  const {verifySignature} = node.signatures;
  const right = relayParentOf(node, block)!;
  const relayParent = {...right, number: right.number + 1};
  const refused = judgeBlock(block, {verifySignature, relayParent});
  assert.equal(!refused.ok && refused.error.code, "refused");
  const unknown = judgeBlock(block, {verifySignature, relayParent: () => undefined});
  assert.equal(!unknown.ok && unknown.error.code, "relay-parent-unknown");
});

const educhain = (folder === undefined ? [] : readdirSync(folder))
  .filter(file => file.endsWith(".json"))
  .map(file => readFileSync(join(folder!, file), "utf8"))
  .find(text => readSpec(text).runtime.version.specName === "educhain-runtime");

if (educhain === undefined) {
  process.stdout.write(
    "nodes count the size of proofs where KHALA_GENUINE names a folder with educhain's chain spec\n",
  );
} else {
  test("where the runtime counts the size of proofs, nodes that record make valid blocks, and no others take them", async () => {
    const author = await judgedCore(educhain, "recorded");
    const [first, second] = await twoBlocks(author, educhain);
    unwrap(judged(author, first.hash));
    unwrap(judged(author, second.hash));
    const {verifySignature} = author.signatures;
    const {accesses} = unwrap(traceBlock(blockOf(author, second.hash), {verifySignature}));
    const weight = itemKey(hashing, "System", "BlockWeight");
    const traced = accesses.filter(({method, key}) => method === "Put" && key === weight).at(-1);
    assert.deepEqual(traced!.value, author.core.chain.state(second.hash)!.get(weight));
    const importer = await judgedCore(educhain, "recorded");
    const other = await judgedCore(educhain, "unrecorded");
    for (const node of [importer, other]) node.waitFor(2);
    unwrap(await take(importer, author, first.hash));
    unwrap(await take(importer, author, second.hash));
    unwrap(await take(other, author, first.hash));
    const refused = await take(other, author, second.hash);
    assert.equal(!refused.ok && refused.error.code, "state-root-mismatch");
  });

  test("a network that does not record agrees on blocks that its runtime's own judge refuses", async () => {
    const [author, importer] = [
      await judgedCore(educhain, "unrecorded"),
      await judgedCore(educhain, "unrecorded"),
    ];
    const [first, second] = await twoBlocks(author, educhain);
    importer.waitFor(2);
    for (const {hash} of [first, second]) unwrap(await take(importer, author, hash));
    unwrap(judged(importer, first.hash));
    const refused = judged(importer, second.hash);
    assert.ok(!refused.ok && refused.error.code === "refused");
    assert.match(refused.error.reason, /Storage root must match/);
  });
}
