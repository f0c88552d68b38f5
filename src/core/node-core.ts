import type {Clock, Logger, Millis, Report, Result, Slot} from "#base";
import type {CryptoSuite} from "#crypto";
import type {Keystore, SigningGuard} from "#keystore";
import type {PoolLimits, TransactionPool} from "#pool";
import type {ChainStore} from "#store";
import type {MadeBlock} from "./author/block-maker.ts";
import type {Complaint} from "./author/complaints.ts";
import type {DemandAuthor} from "./author/demand-author.ts";
import type {MissedWhy} from "./author/failures.ts";
import type {OwnBlockJudge} from "./author/own-block-judge.ts";
import type {SealMode} from "./author/seal-mode.ts";
import type {BlockAnswers} from "./chain/block-answers.ts";
import type {BlockImporter} from "./chain/block-importer.ts";
import type {Blockchain} from "./chain/blockchain.ts";
import type {ProofSizeMode} from "./chain/execution.ts";
import type {SlotTimes} from "./chain/slot-times.ts";
import type {ClockStatus} from "./clock/clock-status.ts";
import type {ClockWatch} from "./clock/clock-watch.ts";
import type {EquivocationRecords} from "./equivocations/equivocation-records.ts";
import type {Finality, FinalityChoice} from "./finality/index.ts";
import type {InherentProvider, Inherents} from "./inherents/index.ts";
import type {Membership, NetworkSettings} from "./join-network.ts";
import type {ValidatesElsewhere} from "./pool/validate.ts";
import type {Pruner} from "./pruning/index.ts";
import type {Runtimes} from "./runtimes/index.ts";
import type {SignatureChecks} from "./signatures/signature-checks.ts";
import type {SyncMode} from "./sync/sync-mode.ts";
import type {ChainTime} from "./time/chain-time.ts";
import type {ChainPace} from "./time/paced-clock.ts";

export interface CoreSettings {
  readonly collator: boolean;
  /** Author although nobody is there to hear of it. */
  readonly forceAuthoring: boolean;
  readonly seal: SealMode;
  /** Blocks may be asked for out of turn as well, as developers do. */
  readonly outOfTurn?: boolean;
  /**
   * Blocks are neither made nor taken, so that nothing has to be known of how: a runtime that does not say who authors, and
   * when, is served all the same.
   */
  readonly isStateOnly?: boolean;
  /** Asked before each own slot: whether to let it pass on purpose, as a rehearsal of silence wants it. */
  readonly isSilenced?: () => boolean;
  readonly pool: Partial<PoolLimits>;
  /** Whether runtimes are told of the size of a block's proof; `unrecorded` where nothing is said. */
  readonly proofSize?: ProofSizeMode;
  /** What makes blocks final; the voters that the runtime names where nothing is said. */
  readonly finality?: FinalityChoice;
  /** How the chain's time goes beside real time; the same where nothing is said. */
  readonly pace?: ChainPace;
  /** How it catches up when far behind; `full` where nothing is said. */
  readonly sync?: SyncMode;
  /** Undefined: a node for itself, which meets no peers. */
  readonly network: NetworkSettings | undefined;
}

export interface CoreDependencies {
  readonly runtimes: Runtimes;
  /** Asked of each block of this node's own before it is kept. */
  readonly judge?: OwnBlockJudge | undefined;
  /** What blocks of this chain are given beside the time. */
  readonly inherents?: readonly InherentProvider[];
  readonly store: ChainStore;
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  /** Absent: transactions are validated on this thread alone. */
  readonly validatesElsewhere?: ValidatesElsewhere | undefined;
  /** Steady, for waits and deadlines. */
  readonly clock: Clock;
  /** Date and time of day, by which slots go. */
  readonly wallClock: Clock;
  readonly logger: Logger;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Yields the thread: timers, sockets and other work have their turn. */
  readonly yieldThread: () => Promise<void>;
  /** Called when the node cannot go on and why; it is then to be stopped. */
  readonly onFatal: (report: Report) => void;
}

/** A node without its surroundings: no files, no RPC, any clock, any transport. What a simulation runs many of. */
export interface NodeCore {
  readonly chain: Blockchain;
  readonly pool: TransactionPool;
  readonly importer: BlockImporter;
  readonly answers: BlockAnswers;
  readonly inherents: Inherents;
  readonly finality: Finality;
  readonly membership: Membership | undefined;
  readonly equivocations: EquivocationRecords;
  /** It makes and takes no blocks, whatever asks for it. */
  readonly isStateOnly: boolean;
  readonly demand: DemandAuthor | undefined;
  /** Makes blocks when asked, even beside an author that keeps to slots. */
  readonly outOfTurn: DemandAuthor | undefined;
  readonly time: ChainTime;
  /** When the slots of blocks were. */
  readonly slots: SlotTimes;
  /** Milliseconds a slot, for a block on the head. */
  readonly slotDuration: () => number;
  /** Removes what is not to be kept. */
  readonly pruner: Pruner;
  /** Why it makes no blocks at present; undefined while it does when it is its turn. */
  complaint(): Complaint | undefined;
  /** How this machine's clock stands to others'. */
  clockStatus(): ClockStatus;
  readonly clockWatch: ClockWatch;
  /** Returns how to stop. */
  onBlockMade(listener: (block: MadeBlock) => void): () => void;
  /** A block of a peer was imported: the milliseconds that it took. */
  onImported(listener: (took: number) => void): () => void;
  /** An own slot, which began then, went by without a block. */
  onSlotMissed(listener: (slot: Slot, why: MissedWhy, begins: Millis) => void): () => void;
  /** Begins to author, to vote and to meet peers. */
  start(): Promise<Result<void, Report>>;
  /** Ends all of it, last things first. The store is left open. */
  stop(): Promise<void>;
}
