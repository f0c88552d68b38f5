import type {PromisedVote, VoteKind, VoterId, VoteSigned, VoteToSign} from "../index.ts";
import {signedBy} from "./scripted.ts";

const STEPS: readonly VoteKind[] = ["PrimaryPropose", "Prevote", "Precommit"];

/** The signing guard of one key, as a disk would have it: the last promise, and nothing before it. */
export class TestGuard {
  #last: VoteToSign | undefined;
  /** Messages signed: set, round and kind to target, to notice a second one. */
  readonly signed = new Map<string, string>();

  get last(): PromisedVote | undefined {
    if (this.#last === undefined) return undefined;
    const {message, round, setId} = this.#last;
    return {setId, round, kind: message.type, target: message.value};
  }

  sign(id: VoterId, vote: VoteToSign): VoteSigned {
    const order = this.#last === undefined ? -1 : compare(placeOf(this.#last), placeOf(vote));
    if (order > 0) return {code: "refused"};
    const promised = order === 0 ? this.#last! : vote;
    this.#last = promised;
    this.#note(promised);
    return signedBy(id, promised);
  }

  /** A node that says two things in one place would be slashed. */
  #note(vote: VoteToSign): void {
    const place = placeOf(vote).join();
    const said = vote.message.value.hash.join();
    const before = this.signed.get(place);
    if (before !== undefined && before !== said) throw new Error("a node votes twice in one round");
    this.signed.set(place, said);
  }
}

const placeOf = ({setId, round, message}: VoteToSign) => [
  setId,
  round,
  STEPS.indexOf(message.type),
];

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : a[i]! - b[i]!;
}
