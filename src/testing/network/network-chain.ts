import type {Millis} from "#base";
import type {CoreSettings, InherentProvider, Runtimes} from "#core";
import type {CryptoSuite, Ss58Prefix} from "#crypto";
import type {NewBlock} from "#store";
import type {AccountBook} from "../accounts/account-book.ts";

/** Who is in a network. */
export interface Names {
  readonly invulnerables: readonly string[];
  readonly candidates: readonly string[];
  readonly observers: readonly string[];
}

/** The chain that a network's nodes run. */
export interface NetworkChain {
  /** Hashes as the chain does. */
  readonly crypto: CryptoSuite;
  readonly genesis: NewBlock;
  readonly protocolId: string;
  readonly runtimes: Runtimes;
  readonly accounts: AccountBook;
  /** Milliseconds. */
  readonly slotDuration: number;
  /** Blocks; undefined where nobody knows. */
  readonly sessionLength: number | undefined;
  /** Of each node, beside what all networks have. */
  readonly settings: Pick<CoreSettings, "finality" | "pace" | "proofSize">;
  readonly inherents: readonly InherentProvider[];
}

/** What a chain is made with. */
export interface ChainTools {
  readonly crypto: CryptoSuite;
  readonly accountsWith: (prefix: Ss58Prefix) => AccountBook;
  /** The virtual moment at which the network begins. */
  readonly now: Millis;
}
