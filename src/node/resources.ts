import type {Runtimes, SignatureChecks} from "#core";
import type {CryptoSuite} from "#crypto";
import type {SlotKeeper} from "#desk";
import type {Keystore, SigningGuard} from "#keystore";
import type {PeerStore, Transport} from "#network";
import type {ChainStore} from "#store";
import type {PeerIdentity} from "./peer-identity.ts";

/** What a node stands on: on disk for an operator, in memory for one of many in a process. */
export interface NodeResources {
  readonly store: ChainStore;
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly identity: PeerIdentity;
  readonly peerStore: PeerStore;
  readonly slotKeeper: SlotKeeper;
}

/** What the nodes of one process share, in place of threads and sockets of their own. */
export interface SharedProcess {
  readonly crypto: CryptoSuite;
  readonly runtimes?: Runtimes;
  readonly signatures: SignatureChecks;
  readonly transport: (peerId: string) => Transport;
}

/** What is to be done at the end, last things first. */
export type Cleanups = (() => Promise<void> | void)[];
