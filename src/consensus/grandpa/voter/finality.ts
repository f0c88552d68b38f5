import {type Millis, millis} from "#base";
import {encode} from "#codec";
import {blockName} from "../block-ref.ts";
import {buildJustification} from "../build-justification.ts";
import type {Commit} from "../commit.ts";
import {type Justification, justification as justificationCodec} from "../justification.ts";
import {settledState} from "../round.ts";
import type {VoterCore} from "./core.ts";
import {StoredCommit} from "./stored-commit.ts";

/** Sets whose last commits are kept for peers that are so far behind; older ones are found by sync. */
const COMMITS_KEPT = 16;

/** Finalizes what a commit of the current set proves. False when it proves nothing new, or from here nothing at all. */
export function finalize(
  core: VoterCore,
  round: number,
  commit: Commit,
  known?: Justification,
): boolean {
  const {target} = commit;
  if (target.number <= core.finalized.number) return false;
  if (!core.isLive(target)) {
    core.say("error", contradiction(core, commit));
    return false;
  }
  const built =
    known === undefined ? buildJustification(round, commit, core.deps.chain) : undefined;
  if (built?.ok === false) return false;
  const justification = encode(justificationCodec, built?.value ?? known!);
  const {setId} = core;
  core.finalized = target;
  const {changed, setChanged} = core.sets.blockFinalized(target, core.deps.chain);
  const set = changed || setChanged ? core.sets.encode() : undefined;
  core.actions.push({type: "finalize", block: target, justification, setId, round, set});
  core.commits.set(setId, new StoredCommit(setId, round, commit, core.now));
  for (const old of core.commits.keys()) {
    if (core.commits.size > COMMITS_KEPT) core.commits.delete(old);
  }
  if (setChanged) beginSet(core);
  return true;
}

function contradiction({finalized}: VoterCore, {target}: Commit): string {
  return (
    `finality contradicts itself: voters committed ${blockName(target)}, which is not built on ` +
    `${blockName(finalized)}, finalized here; a third of the voters must have voted for both. ` +
    "This node stays with its own; compare with other nodes before trusting either"
  );
}

/** Another set is current: its rounds begin with 1, on what is final now. */
export function beginSet(core: VoterCore): void {
  const {sets, finalized} = core;
  core.rounds.clear();
  core.awaitingCommits.clear();
  core.current = 1;
  core.arePromisesKept = false;
  core.settled = {number: 0, state: settledState(finalized)};
  for (const peer of core.peers.values()) peer.forget();
  core.commitDue = undefined;
  const {setId, authorities} = sets;
  core.actions.push({type: "setChanged", setId, authorities});
  core.say(
    "info",
    `voters of set ${setId} take over at ${blockName(finalized)}: ${authorities.length}`,
  );
}

/** A moment up to one gossip period from now, different for everybody: the first to tell spares the rest the work. */
export function commitMoment(core: VoterCore): Millis {
  return millis(core.now + core.deps.random() * core.options.gossipPeriod);
}
