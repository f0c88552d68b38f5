import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, ok, unwrap} from "#base";
import {bytes, encode, vec} from "#codec";
import type {NodeCore} from "#core";
import {createPortableCrypto, WELL_KNOWN_ACCOUNTS} from "#crypto";
import type {BlockData, BlockRequest, LightRequest} from "#network";
import {createKhalaEngine} from "#runtime";
import {createMemoryChainStore, type HeaderFacts, type Lost, type RowMending} from "#store";
import {genesisToStore, presetSpec} from "../chain-spec/index.ts";
import {Blockchain} from "../core/chain/blockchain.ts";
import {RuntimesByCode} from "../core/runtimes/index.ts";
import {serveBlocks} from "../core/serve/blocks.ts";
import {serveLight} from "../core/serve/light.ts";
import {coreForTests} from "../core/test-kit/core-for-tests.ts";
import {passTime} from "../core/test-kit/pass-time.ts";
import {mendFromPeers} from "./mend-from-peers.ts";
import type {Mending} from "./scrub-database.ts";

const crypto = createPortableCrypto(length => new Uint8Array(length));
const {hashing} = crypto;
const hash = (data: Uint8Array) => hashing.blake2b256(data);

async function devChain(): Promise<Blockchain> {
  const genesis = unwrap(genesisToStore(presetSpec("dev")!.genesis, {hashing}));
  const store = await createMemoryChainStore(genesis, hash);
  const engine = createKhalaEngine({hashing, signatures: crypto.signatures});
  return unwrap(
    Blockchain.open(store, new RuntimesByCode([engine], hashing), fault => {
      throw fault;
    }),
  );
}

const NOTHING = new Uint8Array(0);
const chain = await devChain();
const {hash: block} = chain.head;
const key = [...chain.head.state.keys("")][20]!;
const lostPart: Lost = {kind: "part", block, number: 0, state: {root: block, place: 1}, key};
const lostBody: Lost = {kind: "body", block};

/** What some peers say instead. */
const LIES: Readonly<Record<string, (block: BlockData) => Partial<BlockData>>> = {
  liar: () => ({body: [Uint8Array.of(1)]}),
  impostor: ({header}) => ({
    header: Uint8Array.of(...header!.subarray(0, 40), 1, ...header!.subarray(41)),
  }),
  forger({justifications}) {
    const [{engine, proof}] = justifications as [NonNullable<BlockData["justifications"]>[number]];
    // In the first signature: behind round, target and the length of the list, and a vote of 36 bytes.
    const forged = proof.map((byte, at) => (at === 90 ? byte ^ 1 : byte));
    return {justifications: [{engine, proof: forged}]};
  },
};

/** Peers by name: those that have the chain answer as nodes do, the others that they have nothing. */
function among(
  peers: Readonly<Record<string, Blockchain | undefined>>,
  own: Pick<NodeCore, "chain" | "finality"> = {chain, finality: {} as NodeCore["finality"]},
) {
  const asked: string[] = [];
  const requests: LightRequest[] = [];
  const answers = {
    async light(peer: string, request: LightRequest) {
      asked.push(peer);
      requests.push(request);
      const other = peers[peer];
      if (peer === "flood") {
        return ok({
          kind: "read" as const,
          proof: encode(vec(bytes), new Array(2_000).fill(NOTHING)),
        });
      }
      return ok(
        other === undefined
          ? {kind: "read" as const, proof: undefined}
          : unwrap(serveLight(other, {verifySignature: () => false}, request)),
      );
    },
    async blocks(peer: string, request: BlockRequest) {
      asked.push(peer);
      const other = peers[peer];
      const found = other === undefined ? [] : serveBlocks(other, request);
      return ok(found.map(one => ({...one, ...LIES[peer]?.(one)})));
    },
  };
  const network = {ask: answers, peers: () => Object.keys(peers)};
  const core = {...own, membership: {network}} as unknown as NodeCore;
  const {signal} = new AbortController();
  const ask = mendFromPeers(core, crypto, {signal, pause: async () => {}});
  /** Whose answer it was. */
  const mend = async (scrub: Mending, lost: Lost) => {
    const by = await ask(scrub, lost);
    return by === undefined || by === "rest" ? by : by.peer;
  };
  return {asked, requests, mend};
}

/** Takes what it is given for good where it has the value that is under the key. */
function takesValue() {
  const value = bytesToBinary(chain.head.state.get(key)!);
  const bodies: (readonly Uint8Array[])[] = [];
  const rows: Partial<RowMending> = {
    async body(_, body) {
      return bodies.push(body) > 0;
    },
  };
  const scrub: Mending = {
    mendPart: async (_, proof) => proof.some(node => bytesToBinary(node).includes(value)),
    rows: rows as RowMending,
  };
  return {scrub, bodies};
}

test("a part of a state comes out of the proof of the first peer that has it", async () => {
  const {mend, asked} = among({empty: undefined, whole: chain, other: chain});
  assert.equal(await mend(takesValue().scrub, lostPart), "whole");
  assert.deepEqual(asked, ["empty", "whole"]);
});

test("no more than a few peers are asked at a time, others the next time, and nobody where there is none", async () => {
  const {mend, asked} = among({a: undefined, b: undefined, c: undefined, d: undefined, e: chain});
  assert.equal(await mend(takesValue().scrub, lostPart), undefined);
  assert.deepEqual(asked, ["a", "b", "c", "d"]);
  assert.equal(await mend(takesValue().scrub, lostPart), "e");
  assert.equal(await among({}).mend(takesValue().scrub, lostPart), undefined);
});

test("a proof longer than any way through a trie is not looked at", async () => {
  const {mend} = among({flood: undefined, whole: chain});
  const given: number[] = [];
  const scrub = {
    ...takesValue().scrub,
    mendPart: async (_: Lost, proof: readonly Uint8Array[]) => given.push(proof.length) > 0,
  };
  assert.equal(await mend(scrub, lostPart), "whole");
  assert.equal(given.length, 1);
});

test("a body is taken where it fits the block's header", async () => {
  const {scrub, bodies} = takesValue();
  const {mend} = among({empty: undefined, liar: chain, whole: chain});
  assert.equal(await mend(scrub, lostBody), "whole");
  assert.deepEqual(bodies, [[]]);
});

test("a header is taken where it has the block's hash, and what it says is what it is put back by", async () => {
  const facts: HeaderFacts[] = [];
  const rows: Partial<RowMending> = {
    storedHeader: () => undefined,
    record: async given => facts.push(given) > 0,
  };
  const scrub: Mending = {...takesValue().scrub, rows: rows as RowMending};
  const {mend, asked} = among({empty: undefined, impostor: chain, whole: chain});
  assert.equal(await mend(scrub, {kind: "record", block}), "whole");
  assert.deepEqual(asked, ["empty", "impostor", "whole"]);
  const {number, stateRoot} = chain.head.header;
  assert.deepEqual(
    facts.map(one => [one.number, one.stateRoot, one.header]),
    [[number, stateRoot, chain.headerBytes(block)]],
  );
});

test("where its own header is at hand no peer is asked", async () => {
  const header = chain.headerBytes(block)!;
  for (const isMended of [true, false]) {
    const rows = {storedHeader: () => header, record: async () => isMended};
    const scrub: Mending = {...takesValue().scrub, rows: rows as Partial<RowMending> as RowMending};
    const {mend, asked} = among({whole: chain});
    assert.equal(await mend(scrub, {kind: "record", block}), isMended ? "rest" : undefined);
    assert.deepEqual(asked, []);
  }
});

test("what follows from the rest is put back without peers", async () => {
  const keys: string[] = [];
  const rows: Partial<RowMending> = {derived: async key => keys.push(key) > 0};
  const scrub: Mending = {...takesValue().scrub, rows: rows as RowMending};
  const {mend, asked} = among({whole: chain});
  assert.equal(await mend(scrub, {kind: "derived", key: "c0001"}), "rest");
  assert.deepEqual([keys, asked], [["c0001"], []]);
});

test("a part of a child trie is asked for by where its root stands", async () => {
  const {mend, requests} = among({whole: chain});
  const childKey = ":child_storage:default:one";
  await mend(takesValue().scrub, {...lostPart, key: "k", childKey} as Lost);
  const [storageKey, wanted] = [childKey, "k"].map(text => Uint8Array.from(Buffer.from(text)));
  assert.deepEqual(requests, [{kind: "read-child", block, storageKey, keys: [wanted]}]);
});

test("a proof of finality is taken where the voters of then signed it", async () => {
  const bob = WELL_KNOWN_ACCOUNTS.find(({name}) => name === "Bob")!.ed25519;
  const finality = {kind: "committee", voters: [{id: bob, weight: 1}]} as const;
  const {core, make, clock} = await coreForTests(["Alice", "Bob"], {}, {finality, collator: true});
  unwrap(await core.start());
  await make(1);
  await passTime(clock, () => core.chain.finalized().number === 1);
  await core.stop();
  const {hash: final} = core.chain.finalized();
  const expected = core.chain.justification(final)!;
  const given: Uint8Array[] = [];
  const rows: Partial<RowMending> = {proof: async (_, proof) => given.push(proof) > 0};
  const scrub: Mending = {...takesValue().scrub, rows: rows as RowMending};
  const {mend} = among({empty: undefined, forger: core.chain, whole: core.chain}, core);
  assert.equal(await mend(scrub, {kind: "proof", block: final}), "whole");
  assert.deepEqual(given, [expected]);
});
