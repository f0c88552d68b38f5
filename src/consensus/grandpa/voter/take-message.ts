import type {BallotOutcome} from "../ballot.ts";
import type {SignedMessage, SignedVote} from "../message.ts";
import type {LoggedMessage} from "../vote-log.ts";
import type {Voter} from "../voter-set.ts";
import type {PeerName} from "./action.ts";
import type {VoterCore} from "./core.ts";
import type {VotingRound} from "./voting-round.ts";

/**
 * Takes a message whose signature is good into a round: counts it, or keeps it until its block is imported. Returns
 * its entry when it is to be told on.
 */
export function takeMessage(
  core: VoterCore,
  round: VotingRound,
  voter: Voter,
  signed: SignedMessage,
  from?: PeerName,
): LoggedMessage | undefined {
  const target = signed.message.value;
  if (!core.isImported(target)) {
    if (round.await(voter, signed)) core.want(target, from);
    return undefined;
  }
  const entry = round.log.append(voter, signed);
  if (entry !== undefined) count(core, round, entry);
  return entry;
}

function count(core: VoterCore, round: VotingRound, {voter, signed}: LoggedMessage): void {
  const {message, signature, id} = signed;
  const {type: kind, value: target} = message;
  if (kind === "PrimaryPropose") {
    round.proposal ??= target;
    return;
  }
  const phase = kind === "Prevote" ? "prevote" : "precommit";
  const outcome = round.count.cast(phase, voter, {target, signature, id});
  if (outcome.code === "equivocation") reportEquivocation(core, round, kind, outcome);
}

function reportEquivocation(
  core: VoterCore,
  round: VotingRound,
  kind: "Prevote" | "Precommit",
  {first, second}: BallotOutcome & {code: "equivocation"},
): void {
  const sides = ({target, signature}: SignedVote): [SignedVote["target"], Uint8Array] => [
    target,
    signature,
  ];
  core.actions.push({
    type: "equivocation",
    proof: {
      setId: core.setId,
      equivocation: {
        type: kind,
        value: {round: round.number, id: first.id, first: sides(first), second: sides(second)},
      },
    },
  });
}

/** Counts what waited for a block that is imported now. */
export function takeAwaited(core: VoterCore, block: Uint8Array): void {
  for (const round of core.rounds.values()) {
    for (const {voter, signed} of round.awaited(block)) takeMessage(core, round, voter, signed);
  }
}
