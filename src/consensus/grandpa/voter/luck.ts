import type {VoterCore} from "./core.ts";

/** Puts the peers in a new order of luck. */
export function shufflePeers(core: VoterCore): void {
  const peers = [...core.peers.values()].filter(peer => !peer.isLight);
  for (let i = peers.length - 1; i > 0; i--) {
    const j = Math.floor(core.deps.random() * (i + 1));
    [peers[i], peers[j]] = [peers[j]!, peers[i]!];
  }
  for (const [rank, peer] of peers.entries()) peer.rank = rank;
}
