import type {Runtimes, SignatureChecks} from "#core";
import type {CryptoSuite} from "#crypto";
import type {MemoryHub} from "#network";
import type {CollatorChain} from "#runtime";
import type {NewBlock} from "#store";
import type {AccountBook} from "../accounts/account-book.ts";
import type {VirtualTime} from "../time/virtual-time.ts";

/** What all nodes of a network have in common. */
export interface Shared {
  readonly time: VirtualTime;
  readonly hub: MemoryHub;
  readonly random: () => number;
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  readonly runtimes: Runtimes;
  readonly genesis: NewBlock;
  readonly protocolId: string;
  readonly runtime: CollatorChain;
  readonly accounts: AccountBook;
  readonly slotDuration: number;
}
