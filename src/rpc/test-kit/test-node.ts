import {randomBytes} from "node:crypto";
import {binaryToBytes, err, hex, millis, ok, silentLogger, utf8Bytes, VirtualClock} from "#base";
import {bytes, encode, fixedBytes, option, struct, tuple, u32, u128, vec} from "#codec";
import {createPortableCrypto, WELL_KNOWN_ACCOUNTS} from "#crypto";
import type {ChainEvent} from "#description";
import {createMemoryKeystore} from "#keystore";
import {TransactionPool} from "#pool";
import {
  applyExtrinsicResult,
  dispatchClass,
  type RuntimeVersion,
  runtimeVersion,
  weight,
} from "#primitives";
import {createKeysAnswers} from "../access/keys-of-keystore.ts";
import type {RpcQuestions} from "../questions/index.ts";
import {type FakeFunction, MemoryChain} from "./memory-chain.ts";
import {toyValidity} from "./toy-extrinsic.ts";

const SUDID: ChainEvent = {
  name: "Sudo.Sudid",
  pallet: "Sudo",
  variant: "Sudid",
  fields: {},
  phase: "ApplyExtrinsic",
  extrinsic: 1,
  topics: [],
};

export const VERSION: RuntimeVersion = {
  specName: "toy",
  implName: "toy",
  authoringVersion: 1,
  specVersion: 7,
  implVersion: 0,
  apis: [[hex("0xdf6acb689907609b"), 4]],
  transactionVersion: 1,
  stateVersion: 0,
};

export const METADATA = utf8Bytes("meta and what follows");

const info = struct({weight, class: dispatchClass, partialFee: u128});
const details = struct({
  inclusionFee: option(struct({baseFee: u128, lenFee: u128, adjustedWeightFee: u128})),
  tip: u128,
});

/** Under this key a state says which version its runtime has. */
export const SPEC_VERSION_KEY = "spec";

const FUNCTIONS: Readonly<Record<string, FakeFunction>> = {
  Core_version: (_, state) => {
    const specVersion = state.get(SPEC_VERSION_KEY)?.[0] ?? VERSION.specVersion;
    return encode(runtimeVersion, {...VERSION, specVersion});
  },
  Metadata_metadata: () => encode(bytes, METADATA),
  AccountNonceApi_account_nonce: () => encode(u32, 0),
  TransactionPaymentApi_query_info: () =>
    encode(info, {
      weight: {refTime: 2n ** 60n + 1n, proofSize: 3_593n},
      class: "Normal",
      partialFee: 10n ** 20n,
    }),
  TransactionPaymentApi_query_fee_details: () =>
    encode(details, {
      inclusionFee: {baseFee: 1n, lenFee: 255n, adjustedWeightFee: 10n ** 18n},
      tip: 5n,
    }),
  BlockBuilder_apply_extrinsic: () => encode(applyExtrinsicResult, ok(ok(undefined))),
  SessionKeys_decode_session_keys: args =>
    args.length === 33
      ? encode(option(vec(tuple(bytes, fixedBytes(4)))), [[args.slice(1), utf8Bytes("aura")]])
      : Uint8Array.of(0),
  Echo: args => args,
  Panic: () => undefined,
};

const NUMBERED = Array.from({length: 1_200}, (_, i) => [
  `map:${String(i).padStart(4, "0")}`,
  Uint8Array.of(i & 255, i >> 8),
]) as [string, Uint8Array][];

export const ALICE = WELL_KNOWN_ACCOUNTS.find(({name}) => name === "Alice")!;

/** A node with everything that the server can serve, out of real parts where there are any. */
export function createTestNode() {
  const {hashing, keyPairs} = createPortableCrypto(length => randomBytes(length));
  const clock = new VirtualClock(millis(0));
  const chain = new MemoryChain(
    hashing,
    [
      ["a", Uint8Array.of(1)],
      ["b", Uint8Array.of(2)],
      ["big", new Uint8Array(70_000).fill(9)],
      ...NUMBERED,
    ],
    FUNCTIONS,
  );
  const pool = new TransactionPool(
    {},
    {
      clock,
      logger: silentLogger,
      hash: bytes => hashing.blake2b256(bytes),
      validate: async (_, extrinsic) => ok({at: 0, validity: toyValidity(extrinsic)}),
      yieldThread: async () => {},
    },
  );
  let held: Promise<void> | undefined;
  const keystore = createMemoryKeystore({keyPairs, randomBytes: length => randomBytes(length)});
  const answers: RpcQuestions = {
    chain,
    pool: {
      async submit(extrinsic) {
        const taken = await pool.submit("External", extrinsic);
        return taken.ok ? ok(taken.value.hash) : taken;
      },
      async watch(extrinsic, onStatus) {
        const taken = await pool.submit("External", extrinsic, onStatus);
        return taken.ok ? ok(taken.value.unwatch) : taken;
      },
      whenAllBack: read => pool.whenAllBack(read),
      ready: () =>
        Array.from(pool.best(), ({hash, bytes, provides}) => ({
          hash,
          bytes,
          provides: provides.map(binaryToBytes),
        })),
      remove: hashes => pool.remove(hashes),
    },
    node: {
      name: "khala",
      version: "0.0.0-test",
      chain: "Toy",
      chainType: "Development",
      properties: {ss58Format: 30, tokenDecimals: 12, tokenSymbol: "PHA"},
      role: "Authority",
      ss58Prefix: 30,
      localPeerId: "12D3KooW",
      listenAddresses: () => [],
      health: () => ({peers: 0, isSyncing: false, shouldHavePeers: false}),
      authoring: () => undefined,
      syncState: () => ({startingBlock: 0, currentBlock: 0, highestBlock: 0}),
      peers: () => [{peerId: "12D3", roles: "FULL", bestHash: chain.genesisHash, bestNumber: 0}],
    },
    dryRun: {
      apply: (parent, extrinsic) => chain.call(parent, "BlockBuilder_apply_extrinsic", extrinsic),
    },
    keys: createKeysAnswers(keystore, {
      types: () => ok(["aura"]),
      generate: make => ok({keys: make("aura", undefined)!, proof: undefined}),
    }),
    producer: {
      async createBlock({createEmpty}) {
        await held;
        const waiting = Array.from(pool.best(), ({bytes}) => bytes);
        if (waiting.length === 0 && !createEmpty) return {ok: false, error: {code: "pool-empty"}};
        return ok({...chain.extend({body: waiting}), isBest: true});
      },
      async finalizeBlock(hash) {
        if (chain.header(hash) !== undefined) return ok();
        return {ok: false, error: {code: "parent-unknown", parent: hash}};
      },
    },
    timeTools: {
      snapshot: name => ok({name, ...chain.best()}),
      restore: async name => ok({name, ...chain.best()}),
      snapshots: () => [{name: "one", ...chain.best()}],
      dropSnapshot: () => ok(),
      makeBlock: async transactions => {
        await held;
        return ok(
          chain.extend({body: transactions ?? Array.from(pool.best(), ({bytes}) => bytes)}),
        );
      },
      travelTo(time) {
        const now = clock.now();
        if (time < now) return {ok: false, error: {code: "time-passed", now}};
        clock.advanceTo(time);
        return ok();
      },
      namedValues: json =>
        "Named" in (json as object)
          ? ok([["named", Uint8Array.of(1)]])
          : {ok: false, error: {code: "misfit", at: "Other", expected: "the name of a pallet"}},
      overrideState: async values => ok(chain.extend({changes: values})),
      dispatch: async ({origin}) =>
        origin === "root"
          ? ok({how: "sudo", ...chain.extend(), error: undefined, events: [SUDID]})
          : err({code: "dispatch-refused", reason: "nobody takes that"}),
      setCode: async code => ok(chain.extend({changes: [[":code", code]]})),
      setHead: async () => ({ok: false, error: {code: "peers-connected", peers: 2}}),
    },
    session: {
      current: () => ({
        index: 3,
        period: 40,
        blocksInto: 10,
        nextRotationBlock: 160,
        nextRotationAt: millis(1_000_000),
        slotDuration: 6_000,
        authors: [ALICE.sr25519],
      }),
    },
  };
  /** Calls that make a block wait until the answered function is called. */
  const holdBlocks = (): (() => void) => {
    let release!: () => void;
    held = new Promise(resolve => {
      release = resolve;
    });
    return release;
  };
  return {answers, chain, pool, hashing, keyPairs, clock, holdBlocks};
}
