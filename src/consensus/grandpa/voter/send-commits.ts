import {type Millis, millis} from "#base";
import type {VoterCore} from "./core.ts";
import type {Peer} from "./peer.ts";
import type {StoredCommit} from "./stored-commit.ts";
import {
  ALL_PEERS_AFTER,
  after,
  COMMIT_RESEND,
  COMMIT_RESEND_AT_MOST,
  LUCKY_PEERS,
} from "./timing.ts";

/**
 * Sends to every peer the latest commit of the set that it is in, if that lifts its finality: light clients live by
 * nothing else, and a peer left behind by a change of set gets over it by the commit that made the change.
 */
export function sendCommits(core: VoterCore): void {
  if (core.commitDue !== undefined && core.now >= core.commitDue) core.commitDue = undefined;
  for (const peer of core.peers.values()) {
    const commit = commitFor(core, peer);
    if (commit === undefined || !isTimeFor(core, peer, commit)) continue;
    const again = peer.commit?.setId === commit.setId && peer.commit.number === commit.number;
    const wait = again ? Math.min(2 * peer.commit!.wait, COMMIT_RESEND_AT_MOST) : COMMIT_RESEND;
    peer.commit = {
      setId: commit.setId,
      number: commit.number,
      again: millis(core.now + wait),
      wait,
    };
    core.actions.push({type: "send", peer: peer.name, message: commit.message});
  }
}

function commitFor(core: VoterCore, peer: Peer): StoredCommit | undefined {
  const view = peer.view?.value;
  if (view === undefined) return undefined;
  const commit = core.commits.get(view.setId);
  return commit !== undefined && commit.number > view.finalized ? commit : undefined;
}

/**
 * Fresh commits of our own making wait a little, lest everybody sends the same; those passed on go to light peers and
 * a few others at once, who pass them on, and after a while to all.
 */
function isTimeFor(core: VoterCore, peer: Peer, commit: StoredCommit): boolean {
  const sent = peer.commit;
  if (sent !== undefined && sent.setId === commit.setId && sent.number >= commit.number) {
    return core.now >= sent.again;
  }
  if (commit.setId !== core.setId) return true;
  if (core.commitDue !== undefined) return false;
  return (
    peer.isLight ||
    peer.rank < LUCKY_PEERS + Math.ceil(Math.sqrt(core.peers.size)) ||
    core.now >= after(commit.at, ALL_PEERS_AFTER, core.options.gossipPeriod)
  );
}

/** When a commit is to be sent again, at the earliest. */
export function commitTimes(core: VoterCore): Millis[] {
  const times: Millis[] = core.commitDue === undefined ? [] : [core.commitDue];
  const spread = ALL_PEERS_AFTER * core.options.gossipPeriod;
  for (const peer of core.peers.values()) {
    const commit = commitFor(core, peer);
    if (commit === undefined) continue;
    const isSent = peer.commit?.setId === commit.setId && peer.commit.number >= commit.number;
    times.push(isSent ? peer.commit!.again : millis(commit.at + spread));
  }
  return times;
}
