/** Who signed twice where once is allowed. */
export interface EquivocationQuestions {
  /** Proofs that an authority sealed, or a voter voted, twice; SCALE. Without voters there are no votes. */
  equivocations(): {readonly blocks: readonly Uint8Array[]; readonly votes: readonly Uint8Array[]};
}
