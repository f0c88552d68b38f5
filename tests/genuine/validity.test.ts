import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {encode} from "#codec";
import {sealDigest} from "#consensus";
import {findCall, StateReader} from "#description";
import {CODE_KEY, type Header, header as headerCodec} from "#primitives";
import type {Block} from "#runtime-api";
import type {ProofItems} from "#trie";
import {type GenuineChain, hashing} from "./support/genuine-chain.ts";
import {
  AUTHORS,
  type Judgement,
  judge,
  judgedChain,
  judgementOf,
  pairOf,
} from "./support/judged-chain.ts";
import {knownChain} from "./support/known-specs.ts";
import {readSpec} from "./support/replay.ts";
import {statemine901} from "./support/statemine-901.ts";

/** A folder with chain specs of parachains: npm has one that makes blocks from its genesis. */
const folder = process.env.KHALA_GENUINE;

interface Subject {
  readonly name: string;
  readonly text: string;
}

/** Why a spec's blocks cannot be made here; undefined where they can. */
function unfitness(text: string): string | undefined {
  const {runtime} = readSpec(text);
  if (!runtime.functions.has("validate_block")) return "it is no parachain's";
  if (!runtime.functions.has("AuraApi_authorities")) return "its authors do not take turns by Aura";
  return undefined;
}

function subjectsIn(path: string): Subject[] {
  return readdirSync(path)
    .filter(file => file.endsWith(".json"))
    .map(file => ({name: file, text: readFileSync(join(path, file), "utf8")}))
    .filter(({name, text}) => {
      const reason = unfitness(text);
      if (reason !== undefined) process.stdout.write(`${name} is not judged: ${reason}\n`);
      return reason === undefined;
    });
}

const subjects: readonly Subject[] = [
  {name: "statemine 900", text: await knownChain("rococo_v2_2_asset_hub")},
  ...(folder === undefined ? [] : subjectsIn(folder)),
];
if (folder === undefined) {
  process.stdout.write(
    "more parachains are judged where KHALA_GENUINE names a folder with their chain specs\n",
  );
}

const [eve, bob, ferdie] = ["//Eve", "//Bob", "//Ferdie"].map(pairOf) as [
  ReturnType<typeof pairOf>,
  ReturnType<typeof pairOf>,
  ReturnType<typeof pairOf>,
];
const SOME = 10n ** 12n;
const MUCH = 10n ** 17n;

const firstSlot = (chain: GenuineChain) => Math.floor(1_700_400_000_000 / chain.slotDuration);

/** Transactions by the number of the block they go into: transfers, a new account, and where the chain can, one that goes. */
function transactionsOf(chain: GenuineChain): ReadonlyMap<number, readonly Uint8Array[]> {
  const transfer = (nonce: number, dest: Uint8Array, value: bigint) =>
    chain.sign(eve, nonce, "Balances.transfer_keep_alive", {dest, value});
  const all = "Balances.transfer_all";
  const leaving = () => chain.sign(ferdie, 0, all, {dest: eve.publicKey, keepAlive: false});
  return new Map([
    [2, [transfer(0, bob.publicKey, SOME)]],
    [4, [transfer(1, ferdie.publicKey, MUCH), transfer(2, bob.publicKey, SOME)]],
    [5, findCall(chain.description, all) === undefined ? [] : [leaving()]],
  ]);
}

const without = (items: ProofItems, hash: string): ProofItems =>
  new Map([...items].filter(([each]) => each !== hash));

/** The same header otherwise sealed. */
function resealed(chain: GenuineChain, header: Header, author: (typeof AUTHORS)[number]): Header {
  const digest = header.digest.filter(({type}) => type !== "Seal");
  const seal = sealDigest(author.sign(chain.hashOf({...header, digest})));
  return {...header, digest: [...digest, seal]};
}

const reasonOf = (chain: GenuineChain, judgement: Judgement): string => {
  const answer = judge(chain, judgement);
  assert.ok(!answer.ok, "it was taken");
  assert.equal(answer.error.code, "refused", JSON.stringify(answer.error));
  return answer.error.code === "refused" ? answer.error.reason : "";
};

for (const {name, text} of subjects) {
  test(`${name}: blocks are valid in the eyes of their own runtime, empty and with transactions, by what was recorded`, () => {
    const chain = judgedChain(text);
    const transactions = transactionsOf(chain);
    const first = firstSlot(chain);
    for (let number = 1; number <= 6; number++) {
      const {block} = chain.makeBlock(first + number, transactions.get(number));
      const result = unwrap(judge(chain, judgementOf(chain, block)));
      assert.equal(bytesToHex(result.headData), bytesToHex(encode(headerCodec, block.header)));
      assert.equal(result.newValidationCode, undefined);
      chain.importBlock(block);
    }
  });

  test(`${name}: what is wrong with a block, its relay chain or its proof is found, and said`, () => {
    const chain = judgedChain(text);
    const first = firstSlot(chain);
    chain.importBlock(chain.makeBlock(first).block);
    const slot = first + 1;
    const transfers = transactionsOf(chain).get(2);
    const right = judgementOf(chain, chain.makeBlock(slot, transfers).block);
    unwrap(judge(chain, right));
    const {block, items, relayParent} = right;
    const withHeader = (header: Header): Judgement => ({
      ...right,
      block: {...block, header} satisfies Block,
    });
    const author = AUTHORS[slot % AUTHORS.length]!;
    const other = AUTHORS[(slot + 1) % AUTHORS.length]!;
    const {header} = block;
    assert.match(reasonOf(chain, withHeader(resealed(chain, header, other))), /seal/i);
    const noSeal = {...header, digest: header.digest.filter(({type}) => type !== "Seal")};
    assert.match(reasonOf(chain, withHeader(noSeal)), /seal/i);
    const stateRoot = new Uint8Array(32).fill(7);
    const otherRoot = resealed(chain, {...header, stateRoot}, author);
    assert.match(reasonOf(chain, withHeader(otherRoot)), /Storage root must match/);
    const {number, storageRoot} = relayParent;
    const relay = (changed: Partial<typeof relayParent>) =>
      reasonOf(chain, {...right, relayParent: {...relayParent, ...changed}});
    assert.match(relay({number: number + 1}), /panicked/);
    assert.match(relay({storageRoot: storageRoot.map(byte => byte ^ 1)}), /panicked/);
    assert.ok(items.size > 20);
    const root = bytesToHex(chain.head.state.root());
    for (const [hash] of items) {
      const missing = {...right, items: without(items, hash)};
      // Of no node at all nothing is said but that it is missing.
      assert.notEqual(reasonOf(chain, missing), "", `${root} without ${hash}`);
    }
  });
}

test("statemine 900 becomes 901 in blocks that are valid: under the old code until the relay chain says so, then under the new", () => {
  const [{text}] = subjects as readonly [Subject];
  const code = statemine901(judgedChain(text).head.state.get(CODE_KEY)!);
  const named = {ParachainSystem: {PendingValidationCode: bytesToHex(code)}};
  const chain = judgedChain(text, {named});
  const first = firstSlot(chain);
  const versions = [1, 2, 3, 4].map(number => {
    chain.goAhead = number === 2;
    const {block} = chain.makeBlock(first + number);
    unwrap(judge(chain, judgementOf(chain, block)));
    chain.importBlock(block);
    return chain.runtime.version.specVersion;
  });
  assert.deepEqual(versions, [900, 901, 901, 901]);
});

/** What the first transaction of Eve's to Bob comes upon on educhain, whose blocks count it: found out by asking its own judge. */
const RECORDED_BY_TRANSFER = 275;
const educhain = subjects.find(({text}) => {
  const {version} = readSpec(text).runtime;
  return version.specName === "educhain-runtime" && version.specVersion === 2;
});

if (educhain === undefined) {
  process.stdout.write(
    "what a transaction comes upon is counted where KHALA_GENUINE names a folder with educhain's chain spec of version 2\n",
  );
} else {
  const {text} = educhain;
  /** Whatever it is: nobody looks into it before it is to begin. */
  const nextCode = (code: Uint8Array) => code.map(byte => byte ^ 1);
  const proofSizeOf = (chain: GenuineChain, transfer: readonly Uint8Array[]) => {
    const block = chain.makeBlock(firstSlot(chain) + 2, transfer);
    const reader = new StateReader(chain.description, block.after.state, hashing);
    const weight = reader.read("System.BlockWeight") as {normal: {proofSize: bigint}};
    return {...block, proofSize: Number(weight.normal.proofSize)};
  };

  test("educhain 2 gives a transaction back all of its proof size but what it came upon, to the byte", () => {
    const chain = judgedChain(text);
    chain.importBlock(chain.makeBlock(firstSlot(chain) + 1).block);
    const transfer = transactionsOf(chain).get(2)!;
    const {proofSize} = proofSizeOf(chain, transfer);
    assert.equal(proofSize, transfer[0]!.length + RECORDED_BY_TRANSFER);
  });

  test("code that educhain's root sets comes back from its judge, for the relay chain to look at", () => {
    const named = {Sudo: {Key: bytesToHex(eve.publicKey)}};
    const chain = judgedChain(text, {named});
    chain.importBlock(chain.makeBlock(firstSlot(chain) + 1).block);
    const code = nextCode(chain.head.state.get(CODE_KEY)!);
    const call = {type: "System", value: {type: "set_code_without_checks", value: {code}}};
    const set = chain.sign(eve, 0, "Sudo.sudo", {call});
    const {block} = chain.makeBlock(firstSlot(chain) + 2, [set]);
    const {newValidationCode} = unwrap(judge(chain, judgementOf(chain, block)));
    assert.equal(bytesToHex(newValidationCode!), bytesToHex(code));
  });

  test("without being told of sizes educhain 2 makes a block that its own judge refuses", () => {
    const chain = judgedChain(text, {keepsSizes: true});
    chain.importBlock(chain.makeBlock(firstSlot(chain) + 1).block);
    const {block} = proofSizeOf(chain, transactionsOf(chain).get(2)!);
    assert.match(reasonOf(chain, judgementOf(chain, block)), /Storage root must match/);
  });
}
