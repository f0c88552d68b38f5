import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, ok, unwrap} from "#base";
import {bytes, encode, vec} from "#codec";
import type {NodeCore} from "#core";
import {createPortableCrypto} from "#crypto";
import type {BlockRequest, LightRequest} from "#network";
import {createKhalaEngine} from "#runtime";
import {createMemoryChainStore, type Lost, type Scrub} from "#store";
import {genesisToStore, presetSpec} from "../chain-spec/index.ts";
import {Blockchain} from "../core/chain/blockchain.ts";
import {RuntimesByCode} from "../core/runtimes/index.ts";
import {serveBlocks} from "../core/serve/blocks.ts";
import {serveLight} from "../core/serve/light.ts";
import {mendFromPeers} from "./mend-from-peers.ts";

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

/** Peers by name: those that have the chain answer as nodes do, the others that they have nothing. */
function among(peers: Readonly<Record<string, Blockchain | undefined>>) {
  const asked: string[] = [];
  const ask = {
    async light(peer: string, request: LightRequest) {
      asked.push(peer);
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
      return ok(peer === "liar" ? found.map(one => ({...one, body: [Uint8Array.of(1)]})) : found);
    },
  };
  const network = {ask, peers: () => Object.keys(peers)};
  const core = {chain, membership: {network}} as unknown as Pick<NodeCore, "chain" | "membership">;
  return {asked, mend: mendFromPeers(core, hashing, new AbortController().signal)};
}

/** Takes what it is given for good where it has the value that is under the key. */
function takesValue() {
  const value = bytesToBinary(chain.head.state.get(key)!);
  const bodies: (readonly Uint8Array[])[] = [];
  const scrub: Pick<Scrub, "mendPart" | "mendBody"> = {
    mendPart: async (_, proof) => proof.some(node => bytesToBinary(node).includes(value)),
    async mendBody(_, body) {
      bodies.push(body);
    },
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
