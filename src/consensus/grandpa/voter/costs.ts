/** Changes of a peer's reputation, upstream's numbers (spec/network §1.6). */
export const COST = {
  badSignature: -100,
  unknownVoter: -150,
  future: -500,
  outOfScope: -500,
  past: -50,
  neighbour: -500,
  malformed: -1_000,
  invalid: -5_000,
  undecodablePerByte: -5,
  catchUpServed: -200,
  catchUpTimeout: -200,
} as const;

export const BENEFIT = {neighbour: 100, vote: 100, commit: 100, catchUp: 200} as const;

/** What a message does to its sender's reputation. */
export interface Judgement {
  readonly change: number;
  readonly reason: string;
}

export function judgement(change: number, reason: string): Judgement {
  return {change, reason};
}
