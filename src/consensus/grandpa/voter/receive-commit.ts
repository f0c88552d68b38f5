import {type BlockRef, blockName} from "../block-ref.ts";
import {checkCommit, countVotes, type VoterVote} from "../check-commit.ts";
import {type CompactCommit, commitOf} from "../commit.ts";
import type {PeerName} from "./action.ts";
import type {VoterCore} from "./core.ts";
import {BENEFIT, COST, type Judgement, judgement} from "./costs.ts";
import {finalize} from "./finality.ts";
import type {Peer} from "./peer.ts";
import {StoredCommit} from "./stored-commit.ts";
import {takeMessage} from "./take-message.ts";
import {after, COMMIT_RESEND} from "./timing.ts";

/** Commits that wait for blocks, of all peers together; each is at most one gossip message. */
const AWAITING_COMMITS = 16;

/** A valid commit of the current set finalizes at once, whatever its round (spec/network §2.3). */
export function receiveCommit(
  core: VoterCore,
  peer: Peer,
  body: {readonly round: number; readonly setId: number; readonly commit: CompactCommit},
): Judgement | undefined {
  const {round, setId} = body;
  const commit = commitOf(body.commit);
  if (commit === undefined) return judgement(COST.malformed, "commit of unequal lists");
  if (setId > core.setId) return judgement(COST.future, "commit of a set to come");
  if (setId < core.setId) return judgement(COST.past, "commit of a former set");
  noteSent(core, peer, setId, commit.target.number);
  if (commit.target.number <= core.finalized.number) return undefined;
  const checked = checkCommit(commit, core.sets.voters);
  if (!checked.ok) return judgement(COST.malformed, `commit: ${checked.error.code}`);
  const stored = new StoredCommit(setId, round, commit, core.now);
  return judge(core, peer.name, stored, checked.value);
}

/** Who sends a commit has it: none that is not higher is sent back. */
function noteSent(core: VoterCore, peer: Peer, setId: number, number: number): void {
  const {commit} = peer;
  if (commit?.setId === setId && commit.number >= number) return;
  peer.commit = {setId, number, again: after(core.now, COMMIT_RESEND), wait: COMMIT_RESEND};
}

function judge(
  core: VoterCore,
  peer: PeerName,
  stored: StoredCommit,
  votes: readonly VoterVote[],
): Judgement | undefined {
  const {round, commit} = stored;
  const {target} = commit;
  const missing = [target, ...commit.precommits.map(vote => vote.target)].filter(
    block => !core.isImported(block),
  );
  const counted = countVotes(
    isAsNumbered(core, target) ? votes.filter(({vote}) => isAsNumbered(core, vote.target)) : [],
    core.sets.voters,
    vote => isAbove(core, target, vote),
  );
  if (!counted.ok) {
    if (missing.length === 0) {
      return judgement(COST.invalid, "commit whose votes are not for its block");
    }
    for (const block of missing.slice(0, 4)) core.want(block, peer);
    keep(core, peer, stored);
    return undefined;
  }
  if (exceedsLimit(core, target)) {
    return judgement(COST.invalid, "commit beyond the end of its set");
  }
  for (const vote of counted.value) {
    if (!isSigned(core, round, vote)) {
      return judgement(COST.invalid, "commit with a bad signature");
    }
  }
  finalize(core, round, {target, precommits: counted.value.map(({vote}) => vote)});
  return judgement(BENEFIT.commit, "commit");
}

/** Is the block here, under the number that it is named with? A proof with another number would prove nothing. */
function isAsNumbered(core: VoterCore, {hash, number}: BlockRef): boolean {
  return core.deps.chain.header(hash)?.number === number;
}

function isAbove(core: VoterCore, target: BlockRef, {vote}: VoterVote): boolean {
  return core.deps.chain.isDescendant(target.hash, vote.target.hash);
}

/** No honest voter votes beyond the block where its set ends. */
export function exceedsLimit(core: VoterCore, target: BlockRef): boolean {
  const limit = core.sets.limitFor(target, core.deps.chain);
  return limit !== undefined && target.number > limit;
}

/** A precommit that is in its round's log has been verified; one that is not goes there, if the round is near. */
function isSigned(core: VoterCore, number: number, {voter, vote}: VoterVote): boolean {
  const {target, signature, id} = vote;
  const known = core.rounds.get(number);
  if (known?.log.holds("Precommit", voter, target, signature)) return true;
  const signed = {message: {type: "Precommit" as const, value: target}, signature, id};
  if (!core.verify(signed, number)) return false;
  if (known !== undefined) takeMessage(core, known, voter, signed);
  return true;
}

function keep(core: VoterCore, peer: PeerName, stored: StoredCommit): void {
  const known = core.awaitingCommits.get(peer);
  if (known !== undefined && known.number >= stored.number) return;
  core.awaitingCommits.delete(peer);
  core.awaitingCommits.set(peer, stored);
  if (core.awaitingCommits.size > AWAITING_COMMITS) {
    core.awaitingCommits.delete(core.awaitingCommits.keys().next().value!);
  }
  core.say("debug", `a commit of ${blockName(stored.commit.target)} waits for blocks`);
}

/** Looks again at the commits that waited for blocks, after one was imported. */
export function retryCommits(core: VoterCore, block: BlockRef): void {
  const waiting = [...core.awaitingCommits];
  for (const [peer, stored] of waiting) {
    const names = [stored.commit.target, ...stored.commit.precommits.map(vote => vote.target)];
    if (!names.some(({number}) => number === block.number)) continue;
    core.awaitingCommits.delete(peer);
    if (stored.setId !== core.setId || stored.number <= core.finalized.number) continue;
    const checked = checkCommit(stored.commit, core.sets.voters);
    const verdict = checked.ok ? judge(core, peer, stored, checked.value) : undefined;
    if (verdict !== undefined) core.report(peer, verdict);
  }
}
