import type {BinaryString} from "#base";

/** A block as whoever gives it has held it against its hash. */
export interface SourceBlock {
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly header: Uint8Array;
  readonly body: readonly Uint8Array[];
}

/** Thrown by a source that will answer nothing more; the message says why. */
export class SourceGone extends Error {}

/** Somebody who has the chain as well. Undefined where that one does not have it. */
export interface RepairSource {
  block(hash: Uint8Array): Promise<SourceBlock | undefined>;
  /**
   * Whatever stands on the way to a key in the state after a block, values outside their nodes as well; `childKey`: in the child
   * trie whose root stands there.
   */
  proof(
    block: Uint8Array,
    key: BinaryString,
    childKey: BinaryString | undefined,
  ): Promise<readonly Uint8Array[] | undefined>;
}
