import {binaryToBytes, equalBytes} from "#base";
import {bytes, decode, vec} from "#codec";
import {type NodeCore, provesBlock} from "#core";
import type {CryptoSuite} from "#crypto";
import type {BlockData, BlockRequest, PeerId, RequestClient} from "#network";
import {GRANDPA_ENGINE, header as headerCodec} from "#primitives";
import type {HeaderFacts, Lost} from "#store";
import {bodyMatches} from "#sync";
import type {Mend, Mending} from "./scrub-database.ts";

/** Peers asked for one thing, one after the other. */
const MOST_ASKED = 4;

/** As light clients have a proof (spec/network §1.5); the way to one key is no longer than its nibbles and their siblings' values. */
const proofCodec = vec(bytes, {bound: 1_024});

type Core = Pick<NodeCore, "chain" | "membership" | "finality">;
type Crypto = Pick<CryptoSuite, "hashing" | "signatures">;
type Ask = Pick<RequestClient, "light" | "blocks">;
type LostBlock = Extract<Lost, {block: Uint8Array; kind: "body" | "record" | "proof"}>;

/**
 * Mends by what else is here, or by what peers have: a part of a state out of the proof that they give to light clients, what there is of
 * a block as they give it to who syncs. What they give counts by its hash alone, or as what the voters signed, so that no peer needs
 * to be trusted. `pause`: awaited between looks through all that is here.
 */
export function mendFromPeers(
  core: Core,
  crypto: Crypto,
  {signal, pause}: {readonly signal: AbortSignal; readonly pause: () => Promise<void>},
): Mend {
  const {membership} = core;
  let next = 0;
  return async (scrub, lost) => {
    if (lost.kind === "derived") {
      return (await scrub.rows?.derived(lost.key, pause)) === true ? "rest" : undefined;
    }
    if (lost.kind === "record") {
      const stored = scrub.rows?.storedHeader(lost.block);
      const facts = stored && factsOf(lost.block, stored, crypto);
      // With its own header at hand nobody can say more.
      if (facts !== undefined) return (await scrub.rows!.record(facts)) ? "rest" : undefined;
    }
    const network = membership?.network;
    const peers = network?.peers() ?? [];
    // The next time others come first: those asked may have nothing.
    const from = next;
    next += MOST_ASKED;
    for (let i = 0; i < Math.min(peers.length, MOST_ASKED); i++) {
      const peer = peers[(from + i) % peers.length]!;
      const isMended =
        lost.kind === "part"
          ? await mendPart(network!.ask, peer, scrub, lost, signal)
          : await mendBlock(core, crypto, {ask: network!.ask, peer, signal}, scrub, lost);
      if (isMended) return {peer};
    }
    return undefined;
  };
}

async function mendPart(
  ask: Pick<Ask, "light">,
  peer: PeerId,
  scrub: Mending,
  lost: Extract<Lost, {kind: "part"}>,
  signal: AbortSignal,
): Promise<boolean> {
  const {block, key, childKey} = lost;
  const keys = [binaryToBytes(key)];
  const request =
    childKey === undefined
      ? ({kind: "read", block, keys} as const)
      : ({kind: "read-child", block, storageKey: binaryToBytes(childKey), keys} as const);
  const answer = await ask.light(peer, request, signal);
  if (!answer.ok || answer.value.proof === undefined) return false;
  const proof = decode(proofCodec, answer.value.proof);
  return proof.ok && scrub.mendPart(lost, proof.value);
}

async function mendBlock(
  {chain, finality}: Core,
  crypto: Crypto,
  {ask, peer, signal}: {ask: Pick<Ask, "blocks">; peer: PeerId; signal: AbortSignal},
  {rows}: Mending,
  {kind, block}: LostBlock,
): Promise<boolean> {
  if (rows === undefined) return false;
  const wanted = {
    header: kind !== "proof",
    body: kind === "body",
    justification: kind === "proof",
  };
  const found = await askBlock(ask, peer, block, wanted, signal);
  if (found === undefined) return false;
  if (kind === "record") {
    const facts = found.header && factsOf(block, found.header, crypto);
    return facts !== undefined && rows.record(facts);
  }
  const header = chain.header(block);
  if (header === undefined) return false;
  if (kind === "body") {
    const body = found.body ?? [];
    return bodyMatches({header, body}, crypto.hashing) && rows.body(block, body);
  }
  const proof = found.justifications?.find(({engine}) => equalBytes(engine, GRANDPA_ENGINE))?.proof;
  const {grandpa} = finality;
  if (proof === undefined || grandpa === undefined) return false;
  const ref = {hash: block, number: header.number};
  return provesBlock(chain, grandpa, crypto, ref, proof) && rows.proof(block, proof);
}

/** What a header says, if it is that block's. */
function factsOf(hash: Uint8Array, header: Uint8Array, {hashing}: Crypto): HeaderFacts | undefined {
  if (!equalBytes(hashing.blockHash(header), hash)) return undefined;
  const decoded = decode(headerCodec, header);
  if (!decoded.ok) return undefined;
  const {number, parentHash, stateRoot} = decoded.value;
  return {hash, number, parentHash, stateRoot, header};
}

async function askBlock(
  ask: Pick<Ask, "blocks">,
  peer: PeerId,
  block: Uint8Array,
  attributes: BlockRequest["attributes"],
  signal: AbortSignal,
): Promise<BlockData | undefined> {
  const request = {
    attributes,
    from: {hash: block},
    direction: "ascending",
    maxBlocks: 1,
  } as const;
  const answer = await ask.blocks(peer, request, signal);
  const found = answer.ok ? answer.value[0] : undefined;
  return found !== undefined && equalBytes(found.hash, block) ? found : undefined;
}
