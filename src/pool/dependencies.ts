import type {Clock, Logger} from "#base";
import type {Hash} from "#primitives";
import type {Validate} from "./judge.ts";

export interface TransactionPoolDependencies {
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  readonly hash: (bytes: Uint8Array) => Hash;
  readonly validate: Validate;
  /** Lets other work have its turn. */
  readonly yieldThread: () => Promise<void>;
}
