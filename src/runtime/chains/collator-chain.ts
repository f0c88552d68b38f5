import type {Hashing} from "#crypto";
import type {AccountId, Hash, RuntimeVersion} from "#primitives";
import type {Externalities} from "#state";
import {sortChanges, trieRoot} from "#trie";
import type {Composition} from "../executive/index.ts";
import {
  checkGenesis,
  checkMetadataHash,
  checkMortality,
  checkNonce,
  checkNonZeroSender,
  checkSpecVersion,
  checkTxVersion,
  checkWeight,
} from "../extensions/index.ts";
import {
  Dispatcher,
  type EventSink,
  ensureRoot,
  type Pallet,
  PalletScope,
  runtimeCallCodec,
  runtimeEventCodec,
  type SignedExtension,
} from "../frame/index.ts";
import type {Token} from "../frame/metadata/index.ts";
import {createAura, slotOfDigest} from "../pallets/aura/index.ts";
import {createAuthorship} from "../pallets/authorship/index.ts";
import {type Balances, createBalances} from "../pallets/balances/index.ts";
import {
  type CollatorSelectionConfig,
  createCollatorSelection,
} from "../pallets/collator-selection/index.ts";
import {committeeMembership, createGrandpa, queueCommittee} from "../pallets/grandpa/index.ts";
import {createSession, type SessionConfig} from "../pallets/session/index.ts";
import {createSudo} from "../pallets/sudo/index.ts";
import {
  type AccountData,
  accountData,
  type BlockLength,
  type BlockWeights,
  createSystem,
  DEFAULT_ACCOUNT_DATA,
  type SystemConfig,
} from "../pallets/system/index.ts";
import {createTimestamp} from "../pallets/timestamp/index.ts";
import {
  createTransactionPayment,
  type MultiplierConfig,
  type TransactionPaymentConfig,
} from "../pallets/transaction-payment/index.ts";
import {createUtility} from "../pallets/utility/index.ts";
import {metadataHashOf} from "./metadata-hash.ts";

export type PalletName =
  | "System"
  | "Timestamp"
  | "Utility"
  | "Balances"
  | "TransactionPayment"
  | "Authorship"
  | "CollatorSelection"
  | "Session"
  | "Aura"
  | "Sudo";

/** What a chain with finality of its own says of it; recorded chains leave that to their relay chain. */
export interface FinalityConfig {
  readonly index: number;
  /** Genesis' voters for ever, or the invulnerables by which a session's set was chosen. */
  readonly voters: "genesis" | "invulnerables";
}

/** All in which two chains of these pallets may differ. */
export interface CollatorChainConfig {
  readonly crate: string;
  readonly version: RuntimeVersion;
  readonly hashing: Hashing;
  /** The hash of blocks and tries: BLAKE2b-256, or what a recorded chain uses. */
  readonly blockHash: (data: Uint8Array) => Hash;
  readonly indices: Readonly<Record<PalletName, number>>;
  readonly blockWeights: BlockWeights;
  readonly blockLength: BlockLength;
  readonly blockHashCount: number;
  readonly ss58Prefix: number;
  readonly existentialDeposit: bigint;
  readonly fee: TransactionPaymentConfig["fee"];
  readonly multiplier: MultiplierConfig;
  readonly operationalFeeMultiplier: number;
  readonly feeSink: (
    state: Externalities,
    amount: bigint,
    to: {balances: Balances; pot: AccountId},
  ) => void;
  readonly collatorSelection: CollatorSelectionConfig;
  readonly session: SessionConfig;
  readonly maxAuthorities: number;
  /** Milliseconds. */
  readonly slotDuration: bigint;
  /** Whether a block's time must lie in its slot; Khala leaves that to its relay chain. */
  readonly timestampFollowsSlot: boolean;
  /** Goes into the metadata's hash; without it, the chain's extrinsics have no place to bind a signature to that. */
  readonly token?: Token;
  readonly finality?: FinalityConfig;
  readonly checkCode: SystemConfig<unknown>["checkCode"];
}

export type CollatorChain = ReturnType<typeof composeCollatorChain>;

/** Parts of which recorded chains have other versions than ours; the conformance tests bring those. */
export interface VersionedParts {
  readonly createBalances: typeof createBalances;
  readonly createTransactionPayment: typeof createTransactionPayment;
  readonly createCollatorSelection: typeof createCollatorSelection;
  readonly accountData: SystemConfig<AccountData>["accountData"];
}

const OUR_VERSIONS: VersionedParts = {
  createBalances,
  createTransactionPayment,
  createCollatorSelection,
  accountData: {codec: accountData, fallback: DEFAULT_ACCOUNT_DATA},
};

/**
 * Puts the pallets together. They lean on each other in a circle (Session asks CollatorSelection, which asks
 * Session who has keys), so some reach their neighbours through functions that look at them only when called.
 */
export function composeCollatorChain(config: CollatorChainConfig, versions = OUR_VERSIONS) {
  const {hashing, indices, blockWeights, blockLength} = config;
  const pallets: Pallet[] = [];
  const runtimeCall = runtimeCallCodec(config.crate, () => pallets);
  const runtimeEvent = runtimeEventCodec(config.crate, () => pallets);
  const sink: EventSink = (state, event, value) => system.depositEvent(state, event, value);
  const scope = (name: PalletName) => new PalletScope(name, indices[name], hashing, sink);
  const {finality, token} = config;
  const baseFilter = () => true;

  const system = createSystem(indices.System, {
    hashing,
    hash: config.blockHash,
    orderedRoot: entries =>
      trieRoot(
        config.blockHash,
        sortChanges([...entries]),
        config.version.stateVersion > 1 ? 1 : 0,
      ),
    stateVersion: config.version.stateVersion === 0 ? 0 : 1,
    blockWeights,
    blockLength,
    blockHashCount: config.blockHashCount,
    version: config.version,
    ss58Prefix: config.ss58Prefix,
    accountData: versions.accountData,
    event: runtimeEvent,
    checkCode: config.checkCode,
  });
  const dispatcher = new Dispatcher(system.errors.CallFiltered);
  const digest = (state: Externalities) => system.storage.digest.get(state).logs;

  const timestamp = createTimestamp(scope("Timestamp"), {
    minimumPeriod: config.slotDuration / 2n,
    onTimestampSet(state, now) {
      if (config.timestampFollowsSlot) aura.onTimestampSet(state, now);
    },
  });
  const utility = createUtility(scope("Utility"), {
    dispatcher,
    runtimeCall,
    baseFilter,
    crate: config.crate,
  });
  const balances = versions.createBalances(
    scope("Balances"),
    {existentialDeposit: config.existentialDeposit, crate: config.crate},
    system,
  );
  const transactionPayment = versions.createTransactionPayment(
    scope("TransactionPayment"),
    {
      fee: config.fee,
      multiplier: config.multiplier,
      operationalFeeMultiplier: config.operationalFeeMultiplier,
      sink: (state, amount) =>
        config.feeSink(state, amount, {balances, pot: collatorSelection.pot}),
      blockWeights,
      blockLength,
    },
    {currency: balances.currency, blockWeight: system.storage.blockWeight},
  );
  const authorship = createAuthorship(scope("Authorship"), {
    digest,
    findAuthor(state, logs) {
      const slot = slotOfDigest(logs);
      const authorities = BigInt(aura.storage.authorities.get(state).length);
      if (slot === undefined || authorities === 0n) return undefined;
      return session.storage.validators.get(state)[Number(slot % authorities)];
    },
    noteAuthor: (state, author) => collatorSelection.noteAuthor(state, author),
  });
  const collatorSelection = versions.createCollatorSelection(
    scope("CollatorSelection"),
    config.collatorSelection,
    {
      currency: balances.currency,
      existentialDeposit: config.existentialDeposit,
      isRegistered: (state, who) => session.isRegistered(state, who),
      blockNumber: state => system.storage.number.get(state),
      registerMandatoryWeight: (state, weight) =>
        system.block.registerWeight(state, weight, "Mandatory"),
    },
  );
  const aura = createAura(scope("Aura"), {
    maxAuthorities: config.maxAuthorities,
    slotDuration: config.slotDuration,
    digest,
    depositLog: (state, item) => system.block.depositLog(state, item),
    isDisabled: (state, index) => session.isDisabled(state, index),
  });
  const grandpa =
    finality === undefined
      ? undefined
      : createGrandpa(new PalletScope("Grandpa", finality.index, hashing, sink), {
          maxAuthorities: config.maxAuthorities,
          voters:
            finality.voters === "genesis"
              ? {kind: "genesis"}
              : {kind: "committee", isMember: committeeMembership},
          stalledOrigin: ensureRoot,
          blockNumber: state => system.storage.number.get(state),
          sessionIndex: state => session.storage.currentIndex.get(state),
          depositLog: (state, item) => system.block.depositLog(state, item),
        });
  const session = createSession(
    scope("Session"),
    {...config.session, maxBlock: blockWeights.maxBlock},
    {
      references: system.references,
      manager: {
        newSession(state) {
          const chosen = collatorSelection.newSession(state);
          if (finality?.voters === "invulnerables") {
            queueCommittee(state, collatorSelection.storage.invulnerables.get(state));
          }
          return chosen;
        },
      },
      handlers: grandpa === undefined ? [aura.handler] : [aura.handler, grandpa.handler],
    },
  );
  const sudo = createSudo(scope("Sudo"), {dispatcher, runtimeCall, baseFilter});

  const composed = [
    system,
    timestamp,
    utility,
    balances,
    transactionPayment,
    authorship,
    collatorSelection,
    session,
    aura,
    ...(grandpa === undefined ? [] : [grandpa]),
    sudo,
  ];
  pallets.push(...composed.map(part => part.pallet).sort((a, b) => a.index - b.index));

  const metadataHash =
    token === undefined ? undefined : metadataHashOf(() => composition, config.ss58Prefix, token);
  const extensions: SignedExtension[] = [
    checkNonZeroSender(),
    checkSpecVersion(config.version),
    checkTxVersion(config.version),
    checkGenesis(state => system.storage.blockHash.get(state, 0)),
    checkMortality({
      blockNumber: state => system.storage.number.get(state),
      blockHash: (state, number) =>
        system.storage.blockHash.has(state, number)
          ? system.storage.blockHash.get(state, number)
          : undefined,
    }),
    checkNonce({
      get: (state, who) => system.storage.account.get(state, who).nonce,
      increment(state, who) {
        const info = system.storage.account.get(state, who);
        system.storage.account.set(state, who, {...info, nonce: info.nonce + 1});
      },
    }),
    checkWeight({
      weights: blockWeights,
      length: blockLength,
      blockWeight: system.storage.blockWeight,
      allExtrinsicsLen: system.storage.allExtrinsicsLen,
    }),
    transactionPayment.charge,
    ...(metadataHash === undefined ? [] : [checkMetadataHash(metadataHash)]),
  ];

  const composition: Composition = {
    crate: config.crate,
    version: config.version,
    hashing,
    system,
    pallets,
    extensions,
    dispatcher,
    baseFilter,
    runtimeCall,
    runtimeEvent,
  };
  return {
    composition,
    config,
    metadataHash,
    system,
    timestamp,
    balances,
    transactionPayment,
    authorship,
    collatorSelection,
    session,
    aura,
    grandpa,
    sudo,
  };
}
