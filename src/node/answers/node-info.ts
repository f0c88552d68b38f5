import type {NodeCore} from "#core";
import type {Ss58Prefix} from "#crypto";
import type {NodeInfo} from "#rpc";
import type {NodeConfiguration} from "../configuration.ts";

const ROLES = {full: "FULL", light: "LIGHT", authority: "AUTHORITY"} as const;

/** What the node says of itself. */
export function createNodeInfo(
  {spec, version, collator, network}: NodeConfiguration,
  {chain, membership, finality, complaint}: NodeCore,
  {peerId, ss58Prefix}: {readonly peerId: string; readonly ss58Prefix: () => Ss58Prefix},
): NodeInfo {
  const started = chain.best().number;
  const isAlone = spec.chainType === "Development" || network.listen.length === 0;
  return {
    name: "khala",
    version,
    chain: spec.name,
    chainType: spec.chainType,
    properties: spec.properties,
    role: collator ? "Authority" : "Full",
    // An upgrade of the runtime may change it.
    get ss58Prefix() {
      return ss58Prefix();
    },
    localPeerId: peerId,
    listenAddresses: () => membership?.snapshot().listenAddresses ?? [],
    health() {
      const stall = finality.stall();
      return {
        peers: membership?.peers() ?? 0,
        isSyncing: membership?.isMajorSyncing() ?? false,
        shouldHavePeers: !isAlone,
        ...(stall === undefined ? {} : {finality: stall}),
      };
    },
    authoring: complaint,
    syncState() {
      const {number} = chain.best();
      const highestBlock = Math.max(number, membership?.syncTarget() ?? 0);
      return {startingBlock: started, currentBlock: number, highestBlock};
    },
    peers: () =>
      (membership?.snapshot().peers ?? []).flatMap(peer =>
        peer.roles === undefined || peer.bestHash === undefined || peer.bestNumber === undefined
          ? []
          : [
              {
                peerId: peer.peer,
                roles: ROLES[peer.roles],
                bestHash: peer.bestHash,
                bestNumber: peer.bestNumber,
              },
            ],
      ),
  };
}
