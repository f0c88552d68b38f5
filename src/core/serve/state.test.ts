import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, unwrap} from "#base";
import {bytes, decode, vec} from "#codec";
import {createPortableCrypto, createPortableHashing} from "#crypto";
import {createKhalaEngine} from "#runtime";
import {createMemoryChainStore} from "#store";
import {GatheredTrie, readRangeProof} from "#trie";
import {firstState, genesisBlock, presetSpec} from "../../chain-spec/index.ts";
import {Blockchain} from "../chain/blockchain.ts";
import {RuntimesByCode} from "../runtimes/index.ts";
import {serveState} from "./state.ts";

const hashing = createPortableHashing();
const hash = (data: Uint8Array) => hashing.blake2b256(data);
const genesis = genesisBlock(unwrap(firstState(presetSpec("dev")!.genesis, {hashing})), 0, hashing);
const {header, headerBytes, state} = genesis;
const store = await createMemoryChainStore(
  {
    hash: genesis.hash,
    number: 0,
    parentHash: header.parentHash,
    header: headerBytes,
    body: [],
    state,
  },
  hash,
);
const rethrow = (fault: unknown) => {
  throw fault;
};
const chain = unwrap(
  Blockchain.open(
    store,
    new RuntimesByCode(
      [createKhalaEngine(createPortableCrypto(length => new Uint8Array(length)))],
      hashing,
    ),
    rethrow,
  ),
);
const block = genesis.hash;
const entries = [...state.entries()];

test("a state is given by proofs that an asker can check one by one", () => {
  const gathered = new GatheredTrie();
  let start: Uint8Array[] = [];
  for (;;) {
    const {proof} = unwrap(serveState(chain, {block, start, noProof: false}));
    const items = unwrap(decode(vec(bytes), proof));
    const after = start[0] === undefined ? undefined : bytesToBinary(start[0]);
    const read = unwrap(readRangeProof(hash, header.stateRoot, items, after));
    gathered.add(read);
    if (read.isComplete) break;
    start = [Buffer.from(read.last!, "latin1")];
  }
  assert.deepEqual([...gathered.trie(hash, header.stateRoot).entries()], entries);
});

test("and by plain entries to those who ask for no proof, from any key on", () => {
  const middle = entries[10]![0];
  const start = [Buffer.from(middle, "latin1")];
  const answer = unwrap(serveState(chain, {block, start, noProof: true}));
  const [trie] = answer.entries;
  assert.equal(trie?.complete, true);
  assert.deepEqual(
    trie?.entries.map(({key}) => bytesToBinary(key)),
    entries.slice(11).map(([key]) => key),
  );
});

test("a state that is not here, child tries and monstrous keys are refused", () => {
  const none = new Uint8Array(0);
  for (const request of [
    {block: new Uint8Array(32), start: []},
    {block, start: [none, none]},
    {block, start: [new Uint8Array(5_000)]},
  ]) {
    assert.equal(serveState(chain, {...request, noProof: false}).ok, false);
    assert.equal(serveState(chain, {...request, noProof: true}).ok, false);
  }
});
