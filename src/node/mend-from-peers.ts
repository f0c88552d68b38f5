import {binaryToBytes, equalBytes} from "#base";
import {bytes, decode, vec} from "#codec";
import type {NodeCore} from "#core";
import type {Hashing} from "#crypto";
import type {PeerId, RequestClient} from "#network";
import type {Lost} from "#store";
import {bodyMatches} from "#sync";
import type {Mend} from "./scrub-database.ts";

/** Peers asked for one thing, one after the other. */
const MOST_ASKED = 4;

/** As light clients have a proof (spec/network §1.5); the way to one key is no longer than its nibbles and their siblings' values. */
const proofCodec = vec(bytes, {bound: 1_024});

/**
 * Mends by what peers have: a part of a state out of the proof that they give to light clients, the body of a block as they give it to
 * who syncs. What they give counts by its hash alone, so that no peer needs to be trusted.
 */
export function mendFromPeers(
  {chain, membership}: Pick<NodeCore, "chain" | "membership">,
  hashing: Pick<Hashing, "blockHash">,
  signal: AbortSignal,
): Mend {
  let next = 0;
  return async (scrub, lost) => {
    const network = membership?.network;
    const peers = network?.peers() ?? [];
    // The next time others come first: those asked may have nothing.
    const from = next;
    next += MOST_ASKED;
    for (let i = 0; i < Math.min(peers.length, MOST_ASKED); i++) {
      const peer = peers[(from + i) % peers.length]!;
      if (lost.kind === "part") {
        const proof = await askProof(network!.ask, peer, lost, signal);
        if (proof !== undefined && (await scrub.mendPart(lost, proof))) return peer;
        continue;
      }
      const header = chain.header(lost.block);
      const body = header && (await askBody(network!.ask, peer, lost.block, signal));
      if (body === undefined || !bodyMatches({header: header!, body}, hashing)) continue;
      await scrub.mendBody(lost.block, body);
      return peer;
    }
    return undefined;
  };
}

async function askProof(
  ask: Pick<RequestClient, "light">,
  peer: PeerId,
  {block, key}: Extract<Lost, {kind: "part"}>,
  signal: AbortSignal,
): Promise<readonly Uint8Array[] | undefined> {
  const request = {kind: "read", block, keys: [binaryToBytes(key)]} as const;
  const answer = await ask.light(peer, request, signal);
  if (!answer.ok || answer.value.proof === undefined) return undefined;
  const proof = decode(proofCodec, answer.value.proof);
  return proof.ok ? proof.value : undefined;
}

async function askBody(
  ask: Pick<RequestClient, "blocks">,
  peer: PeerId,
  block: Uint8Array,
  signal: AbortSignal,
): Promise<readonly Uint8Array[] | undefined> {
  const answer = await ask.blocks(
    peer,
    {
      attributes: {header: true, body: true, justification: false},
      from: {hash: block},
      direction: "ascending",
      maxBlocks: 1,
    },
    signal,
  );
  const found = answer.ok ? answer.value[0] : undefined;
  return found !== undefined && equalBytes(found.hash, block) ? (found.body ?? []) : undefined;
}
