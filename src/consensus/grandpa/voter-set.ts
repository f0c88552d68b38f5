import {bytesToBinary, compareBytes} from "#base";
import type {Authority} from "./authority-list.ts";
import type {VoterId} from "./message.ts";

export interface Voter {
  readonly id: VoterId;
  /** Position in the order of key bytes. */
  readonly index: number;
  readonly weight: number;
}

/**
 * Who votes and with what weight (spec/network §2.2). Up to `faulty` of `total` may lie without harm; more than
 * two thirds, `threshold`, decide. Weights are numbers: their sum must stay within 53 bits.
 */
export class VoterSet {
  /** In the order of key bytes. */
  readonly voters: readonly Voter[];
  readonly total: number;
  readonly faulty: number;
  readonly threshold: number;
  readonly #byKey: ReadonlyMap<string, Voter>;

  private constructor(voters: readonly Voter[], total: number) {
    this.voters = voters;
    this.total = total;
    this.faulty = Math.floor((total - 1) / 3);
    this.threshold = total - this.faulty;
    this.#byKey = new Map(voters.map(voter => [bytesToBinary(voter.id), voter]));
  }

  /** Undefined when nobody has weight or the sum exceeds 53 bits. A key named twice has the sum of its weights. */
  static from(authorities: readonly Authority[]): VoterSet | undefined {
    const byKey = new Map<string, {id: VoterId; weight: number}>();
    let total = 0;
    for (const {id, weight} of authorities) {
      if (weight === 0) continue;
      total += weight;
      const key = bytesToBinary(id);
      byKey.set(key, {id, weight: weight + (byKey.get(key)?.weight ?? 0)});
    }
    if (total === 0 || total > Number.MAX_SAFE_INTEGER) return undefined;
    const sorted = [...byKey.values()].sort((a, b) => compareBytes(a.id, b.id));
    return new VoterSet(
      sorted.map((voter, index) => ({...voter, index})),
      total,
    );
  }

  find(id: VoterId): Voter | undefined {
    return this.#byKey.get(bytesToBinary(id));
  }

  /** Who may propose in a round. */
  primaryOf(round: number): Voter {
    return this.voters[round % this.voters.length]!;
  }
}
