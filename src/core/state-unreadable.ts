/**
 * The runtime does not answer a question of every block (who authors, which session): something in the state does not
 * decode, which only root can have done. Blocks may follow for a while, and the next session change will not come.
 */
export class StateUnreadable extends Error {
  constructor(reason: string) {
    super(`the state of the chain cannot be read: ${reason}`);
  }
}
