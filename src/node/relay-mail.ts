/** What a developer has the relay chain say to a chain of his own, in the next block that is made here. */
export interface RelayMail {
  /** XCM in SCALE; undefined: nothing. */
  next: Uint8Array | undefined;
}
