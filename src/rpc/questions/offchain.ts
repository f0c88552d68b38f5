/** What offchain code keeps on this node, apart from the chain's state. */
export interface OffchainQuestions {
  get(key: Uint8Array): Uint8Array | undefined;
  /** `undefined` removes. */
  set(key: Uint8Array, value: Uint8Array | undefined): void;
}
