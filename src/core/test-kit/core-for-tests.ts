import {type Logger, millis, ok, silentLogger, unwrap, VirtualClock} from "#base";
import {slotAt} from "#consensus";
import {type BlockHashing, type CryptoSuite, WELL_KNOWN_ACCOUNTS, withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createMemoryKeystore, createMemorySigningGuard, type Keystore} from "#keystore";
import {createKhalaEngine, type Parameters, PRESET_PARAMETERS} from "#runtime";
import type {Runtime, RuntimeEngine} from "#runtime-api";
import {type ChainStore, createMemoryChainStore, type NewBlock} from "#store";
import {genesisToStore} from "../../chain-spec/genesis-block.ts";
import {presetSpec} from "../../chain-spec/presets/preset-spec.ts";
import {
  createForeignEngine,
  type ForeignRelease,
  foreignSpec,
} from "../../runtime/test-kit/foreign/index.ts";
import {assembleCore} from "../assemble-core.ts";
import {BlockMaker, type MadeBlock} from "../author/block-maker.ts";
import type {OwnBlockJudge} from "../author/own-block-judge.ts";
import type {CoreSettings, NodeCore} from "../node-core.ts";
import {type Runtimes, RuntimesByCode} from "../runtimes/index.ts";
import {inlineSignatures} from "../signatures/inline-signatures.ts";
import {SignatureChecks} from "../signatures/signature-checks.ts";

export const SLOT = 1_000;
/** A slot that lies in a sensible year. */
export const FIRST_SLOT = 1_700_000_000;

/** A node of the local chain in memory, on a clock that stands still, with some of the authorities' keys. */
export interface CoreForTests {
  readonly core: NodeCore;
  readonly clock: VirtualClock;
  readonly store: ChainStore;
  readonly keystore: Keystore;
  readonly crypto: CryptoSuite;
  /** Makes the block of a slot on the head; fails where the slot is not ours. */
  make(slot: number): Promise<MadeBlock>;
  /** Makes the block of the slot in which so many milliseconds have passed, however long slots are by now. */
  makeAt(passed: number): Promise<MadeBlock>;
  /** Imports a block of another node. */
  takeFrom(other: CoreForTests, hash: Uint8Array): ReturnType<NodeCore["importer"]["import"]>;
}

let crypto: Promise<CryptoSuite> | undefined;

export async function coreForTests(
  names: readonly string[],
  overrides: Partial<Parameters> = {},
  settings: Partial<Pick<CoreSettings, "finality" | "collator" | "isSilenced" | "seal">> & {
    readonly logger?: Logger;
  } = {},
  createStore: typeof createMemoryChainStore = createMemoryChainStore,
): Promise<CoreForTests> {
  crypto ??= createNativeCrypto();
  const suite = await crypto;
  const parameters = {...PRESET_PARAMETERS.local, slotDuration: BigInt(SLOT), ...overrides};
  const spec = presetSpec("local", {parameters})!;
  return coreOver(unwrap(genesisToStore(spec.genesis, suite)), {
    crypto: suite,
    names,
    settings,
    runtimes: new RuntimesByCode([createKhalaEngine(suite)], suite.hashing),
    createStore,
  });
}

export interface ForeignCoreOptions {
  readonly settings?: Partial<Pick<CoreSettings, "finality" | "collator" | "isSilenced" | "seal">>;
  /** Pallets that its metadata is silent about. */
  readonly unpublished?: readonly string[];
  /** Makes another runtime of its own. */
  readonly change?: (runtime: Runtime) => Runtime;
  /** What its engine does with code that a block brings. */
  readonly prepare?: RuntimeEngine["prepare"];
  readonly blockHashing?: BlockHashing;
  readonly judge?: OwnBlockJudge;
  /** The version that it begins with; its first if not said. */
  readonly release?: ForeignRelease;
}

/** The same on the foreign chain: four collators that are their own Aura keys, and a committee of one, Alice. */
export async function foreignCoreForTests(
  names: readonly string[],
  {
    settings = {},
    unpublished = [],
    change = runtime => runtime,
    prepare,
    blockHashing,
    judge,
    release,
  }: ForeignCoreOptions = {},
): Promise<CoreForTests> {
  crypto ??= createNativeCrypto();
  const suite = withBlockHashing(await crypto, blockHashing);
  const known = (name: string) => WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;
  const alice = known("Alice");
  const collators = ["Alice", "Bob", "Charlie", "Dave"].map(known);
  const spec = foreignSpec(
    {
      balances: WELL_KNOWN_ACCOUNTS.map(({sr25519}) => [sr25519, 10n ** 15n] as const),
      invulnerables: collators.map(({sr25519}) => sr25519),
      ...(release?.isSealedByEd25519 ? {auraKeys: collators.map(({ed25519}) => ed25519)} : {}),
      sudo: alice.sr25519,
      candidacyBond: 10n ** 12n,
    },
    suite,
    release,
  );
  const foreign = createForeignEngine(suite, {unpublished});
  const engine: RuntimeEngine = {
    ...(prepare === undefined ? {} : {prepare}),
    takes: code => foreign.takes(code),
    runtimeOf(code, state) {
      const runtime = foreign.runtimeOf(code, state);
      return runtime.ok ? ok(change(runtime.value)) : runtime;
    },
  };
  const committee = {kind: "committee", voters: [{id: alice.ed25519, weight: 1}]} as const;
  return coreOver(unwrap(genesisToStore(spec.genesis, suite)), {
    crypto: suite,
    names,
    settings: {finality: committee, ...settings},
    runtimes: new RuntimesByCode([engine], suite.hashing),
    isSealedByEd25519: release?.isSealedByEd25519,
    judge,
  });
}

async function coreOver(
  genesis: NewBlock,
  {
    crypto: suite,
    names,
    settings,
    runtimes,
    createStore = createMemoryChainStore,
    isSealedByEd25519 = false,
    judge,
  }: {
    readonly crypto: CryptoSuite;
    readonly names: readonly string[];
    readonly settings: Partial<
      Pick<CoreSettings, "finality" | "collator" | "isSilenced" | "seal">
    > & {
      readonly logger?: Logger;
    };
    readonly runtimes: Runtimes;
    readonly createStore?: typeof createMemoryChainStore;
    readonly isSealedByEd25519?: boolean | undefined;
    readonly judge?: OwnBlockJudge | undefined;
  },
): Promise<CoreForTests> {
  const {hashing, keyPairs} = suite;
  const store = await createStore(genesis, data => hashing.blockHash(data));
  const keystore = createMemoryKeystore({keyPairs, randomBytes: length => new Uint8Array(length)});
  for (const name of names) {
    const known = WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;
    unwrap(keystore.insert("aura", known.uri, isSealedByEd25519 ? known.ed25519 : known.sr25519));
    unwrap(keystore.insert("gran", known.uri, known.ed25519));
  }
  const clock = new VirtualClock(millis(FIRST_SLOT * SLOT));
  const signatures = new SignatureChecks(suite, inlineSignatures(suite));
  const guard = createMemorySigningGuard();
  const core = unwrap(
    assembleCore(
      {
        collator: false,
        forceAuthoring: true,
        seal: {kind: "slots"},
        outOfTurn: true,
        pool: {},
        network: undefined,
        ...settings,
      },
      {
        runtimes,
        judge,
        store,
        keystore,
        guard,
        crypto: suite,
        signatures,
        clock,
        wallClock: clock,
        logger: settings.logger ?? silentLogger,
        random: () => 0.5,
        yieldThread: async () => {},
        onFatal: report => {
          throw new Error(report.what);
        },
      },
    ),
  );
  const {chain, pool} = core;
  const maker = new BlockMaker({
    chain,
    answers: core.answers,
    slots: core.slots,
    inherents: core.inherents,
    pool,
    keystore,
    guard,
    crypto: suite,
    signatures,
    clock,
    logger: silentLogger,
    judge,
    yieldThread: async () => {},
  });
  async function makeAt(passed: number): Promise<MadeBlock> {
    const now = millis(FIRST_SLOT * SLOT + passed);
    clock.advanceTo(now);
    const claim = unwrap(maker.claimSlot(slotAt(now, unwrap(maker.slotDuration()))));
    return unwrap(await maker.make(claim, {timestamp: now, hasTime: () => true}));
  }
  return {
    core,
    clock,
    store,
    keystore,
    crypto: suite,
    make: slot => makeAt(slot * SLOT),
    makeAt,
    takeFrom: (other, hash) =>
      core.importer.import(
        other.core.chain.header(hash)!,
        other.core.chain.body(hash)!,
        "announced",
      ),
  };
}
