import type {Membership} from "#core";
import type {NetworkQuestions} from "#rpc";

/** The network as operators see it. */
export function createNetworkAnswers({network, progress}: Membership): NetworkQuestions {
  return {
    bans: () => network.bans().map(({peer, reason, until}) => ({peerId: peer, reason, until})),
    liftBan: peer => network.liftBan(peer),
    addReserved: address => network.addReserved(address),
    removeReserved: peer => network.removeReserved(peer),
    reserved: () => network.reserved(),
    sync: () => progress(),
  };
}
