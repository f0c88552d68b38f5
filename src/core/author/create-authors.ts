import {type Clock, err, type Logger, type Millis, type Result, type Slot} from "#base";
import {describeKeystoreFailure, type Keystore} from "#keystore";
import type {TransactionPool} from "#pool";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BlocksUnderWay} from "../chain/blocks-under-way.ts";
import type {ClockStatus} from "../clock/clock-status.ts";
import type {ChainTime} from "../time/chain-time.ts";
import type {BlockMaker, MadeBlock} from "./block-maker.ts";
import type {BuildingTime} from "./building-time.ts";
import type {Complaint} from "./complaints.ts";
import {mayAuthor, type NotNow, type Standing} from "./conditions.ts";
import {DemandAuthor} from "./demand-author.ts";
import type {MissedWhy} from "./failures.ts";
import type {SealMode} from "./seal-mode.ts";
import {SlotAuthor} from "./slot-author.ts";

export interface AuthorsSettings {
  readonly seal: SealMode;
  readonly outOfTurn: boolean;
  readonly force: boolean;
  readonly isSilenced: () => boolean;
}

export interface AuthorsDependencies {
  readonly chain: Blockchain;
  readonly pool: TransactionPool;
  readonly maker: BlockMaker;
  readonly keystore: Keystore;
  readonly buildingTime: BuildingTime;
  readonly underWay: BlocksUnderWay;
  /** Undefined for a node that meets no peers. */
  readonly standing: Standing | undefined;
  readonly time: ChainTime;
  /** Steady. */
  readonly clock: Clock;
  readonly clockStatus: () => ClockStatus;
  readonly logger: Logger;
  readonly onMade: (block: MadeBlock) => void;
  readonly onMissed: (slot: Slot, why: MissedWhy, begins: Millis) => void;
  readonly onFatal: (error: unknown) => void;
}

/** Who makes this node's blocks: by slots or on demand, and out of turn where developers may ask for that. */
export interface Authors {
  readonly demand: DemandAuthor | undefined;
  readonly outOfTurn: DemandAuthor | undefined;
  readonly complaint: Complaint | undefined;
  start(): void;
  stop(): Promise<void>;
}

/** Of a node that meets no peers. */
const ALONE: Standing = {isMajorSyncing: () => false, syncTarget: () => 0, peers: () => 0};

export function createAuthors(settings: AuthorsSettings, deps: AuthorsDependencies): Authors {
  const {maker, pool, clock, time, logger, onMade, onFatal, onMissed} = deps;
  const createDemand = (mode: SealMode) =>
    new DemandAuthor(mode, {maker, pool, clock, time, logger, onMade, onFatal});
  const demand = settings.seal.kind === "slots" ? undefined : createDemand(settings.seal);
  const outOfTurn = settings.outOfTurn ? (demand ?? createDemand({kind: "manual"})) : undefined;
  const author =
    demand ??
    new SlotAuthor({
      maker,
      buildingTime: deps.buildingTime,
      underWay: deps.underWay,
      clock: time,
      rate: time.rate,
      steady: clock,
      moves: () => time.moves,
      logger,
      mayAuthor: claim => mayAuthorNow(settings, deps, claim),
      onMissed,
      onMade,
      onFatal,
    });
  return {
    demand,
    outOfTurn,
    get complaint() {
      return author.complaint;
    },
    start: () => author.start(),
    async stop() {
      await outOfTurn?.stop();
      await author.stop();
    },
  };
}

/** Whether a block is of use now, and may be signed. */
function mayAuthorNow(
  {isSilenced, force}: AuthorsSettings,
  {chain, keystore, clockStatus, standing}: AuthorsDependencies,
  claim: {readonly slot: Slot; readonly authority: Uint8Array; readonly authorities: number},
): Result<void, NotNow> {
  if (isSilenced()) return err({code: "silenced"});
  const stop = keystore.stops.of("aura", claim.authority);
  if (!stop.ok) {
    return err({code: "keystore-unreadable", reason: describeKeystoreFailure(stop.error)});
  }
  if (stop.value !== undefined) return err({code: "key-stopped", what: stop.value.what});
  const {isPaused, offset = 0} = clockStatus();
  if (isPaused) return err({code: "clock-off", offset});
  return mayAuthor(chain, standing ?? ALONE, {...claim, force: force || standing === undefined});
}
