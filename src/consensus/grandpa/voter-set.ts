import {bytesToBinary, compareBytes} from "#base";
import {type Codec, tuple, u64, vec} from "#codec";
import {voterId} from "./messages.ts";

/** Voters and their weights as chains write them. */
export type AuthorityList = readonly (readonly [id: Uint8Array, weight: bigint])[];

export const authorityList = vec(tuple(voterId, u64)) as unknown as Codec<AuthorityList>;

export interface Voter {
  readonly id: Uint8Array;
  /** Place in the set, by which votes are counted. */
  readonly index: number;
  readonly weight: number;
}

/** Whose votes count (spec/network §2.2). Weights are whole numbers whose sum stays below 2^53. */
export class VoterSet {
  readonly voters: readonly Voter[];
  readonly total: number;
  /** Votes that make a supermajority: more than two thirds. */
  readonly threshold: number;
  readonly #byId = new Map<string, Voter>();

  constructor(authorities: AuthorityList) {
    this.voters = [...authorities]
      .sort(([a], [b]) => compareBytes(a, b))
      .map(([id, weight], index) => ({id, index, weight: Number(weight)}));
    for (const voter of this.voters) this.#byId.set(bytesToBinary(voter.id), voter);
    this.total = this.voters.reduce((sum, {weight}) => sum + weight, 0);
    this.threshold = this.total - Math.floor(Math.max(0, this.total - 1) / 3);
  }

  find(id: Uint8Array): Voter | undefined {
    return this.#byId.get(bytesToBinary(id));
  }

  /** Who may propose in a round. */
  primary(round: number): Voter | undefined {
    return this.voters.length === 0 ? undefined : this.voters[round % this.voters.length];
  }
}
