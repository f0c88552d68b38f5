import type {Runtimes, SignatureChecks} from "#core";
import type {CryptoSuite} from "#crypto";
import type {ChainDescription} from "#description";
import type {MemoryHub} from "#network";
import type {RuntimeVersion} from "#primitives";
import type {NewBlock} from "#store";
import type {AccountBook} from "../accounts/account-book.ts";
import type {VirtualTime} from "../time/virtual-time.ts";
import type {NetworkChain} from "./network-chain.ts";

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
  /** The chain by its own metadata, as of genesis: the runtime of the kit is not upgraded. */
  readonly description: ChainDescription;
  readonly version: RuntimeVersion;
  readonly accounts: AccountBook;
  readonly slotDuration: number;
  readonly settings: NetworkChain["settings"];
  readonly inherents: NetworkChain["inherents"];
}
