import {
  err,
  millis,
  type Result,
  silentLogger,
  slot as slotNumber,
  unwrap,
  VirtualClock,
} from "#base";
import {genesisToStore, presetSpec} from "#chain-spec";
import {assembleCore, BlockMaker, inlineSignatures, type NodeCore, SignatureChecks} from "#core";
import {type CryptoSuite, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {describeRuntime, encodeCall, signExtrinsic, signerOf} from "#description";
import {createMemoryKeystore, createMemorySigningGuard} from "#keystore";
import type {Hash} from "#primitives";
import {PRESET_PARAMETERS} from "#runtime";
import {type ChainStore, createMemoryChainStore} from "#store";
import {createRuntimes} from "../runtimes.ts";

export interface ImportTrial {
  readonly blocks: number;
  readonly transactionsEach: number;
  /** Milliseconds for all of them, and for the slowest one. */
  readonly total: number;
  readonly slowest: number;
}

/** A moment after which slots lie in a sensible year. */
const EPOCH = 1_700_000_000_000;
const SLOT = 1_000;
const [alice] = WELL_KNOWN_ACCOUNTS as [(typeof WELL_KNOWN_ACCOUNTS)[0]];

/**
 * The chain's own work, as a measure of a machine: blocks of transfers are made by one node and imported by another,
 * each signature checked, each state root computed. Both are in memory, so the disk is not part of it.
 */
export async function importTrial(
  crypto: CryptoSuite,
  {blocks, transactionsEach}: Pick<ImportTrial, "blocks" | "transactionsEach">,
  now: () => number,
): Promise<Result<ImportTrial, string>> {
  const spec = presetSpec("dev", {
    parameters: {...PRESET_PARAMETERS.dev, slotDuration: BigInt(SLOT)},
  });
  if (spec === undefined) return err("there is no dev chain");
  const {hashing} = crypto;
  const built = genesisToStore(spec.genesis, {hashing});
  if (!built.ok) return err(built.error.what);
  const genesis = built.value;
  const clock = new VirtualClock(millis(EPOCH));
  const hash = (bytes: Uint8Array) => hashing.blockHash(bytes);
  const making = assembleOver(await createMemoryChainStore(genesis, hash), crypto, clock);
  const taking = assembleOver(await createMemoryChainStore(genesis, hash), crypto, clock);
  if (!making.ok) return making;
  if (!taking.ok) return taking;
  const transfers = createTransfers(crypto, making.value.core.chain);
  let total = 0;
  let slowest = 0;
  for (let number = 1; number <= blocks; number++) {
    clock.advanceTo(millis(EPOCH + number * SLOT));
    const made = await making.value.make(number, transfers(transactionsEach));
    if (!made.ok) return made;
    const {chain} = making.value.core;
    const began = now();
    const imported = await taking.value.core.importer.import(
      chain.header(made.value)!,
      chain.body(made.value)!,
      "announced",
    );
    const took = now() - began;
    if (!imported.ok) return err(imported.error.code);
    total += took;
    slowest = Math.max(slowest, took);
  }
  return {ok: true, value: {blocks, transactionsEach, total, slowest}};
}

interface TrialNode {
  readonly core: NodeCore;
  make(number: number, extrinsics: readonly Uint8Array[]): Promise<Result<Hash, string>>;
}

function assembleOver(
  store: ChainStore,
  crypto: CryptoSuite,
  clock: VirtualClock,
): Result<TrialNode, string> {
  const {keyPairs} = crypto;
  const keystore = createMemoryKeystore({keyPairs, randomBytes: size => new Uint8Array(size)});
  keystore.insert("aura", alice.uri, alice.sr25519);
  const guard = createMemorySigningGuard();
  const signatures = new SignatureChecks(crypto, inlineSignatures(crypto));
  const parts = {store, keystore, guard, crypto, signatures, clock, logger: silentLogger};
  const core = assembleCore(
    {
      collator: false,
      forceAuthoring: true,
      seal: {kind: "slots"},
      pool: {},
      network: undefined,
    },
    {
      ...parts,
      runtimes: createRuntimes(crypto),
      wallClock: clock,
      random: () => 0.5,
      yieldThread: async () => {},
      onFatal: () => {},
    },
  );
  if (!core.ok) return err(core.error.what);
  const {chain, pool} = core.value;
  const maker = new BlockMaker({
    ...parts,
    yieldThread: async () => {},
    chain,
    pool,
    answers: core.value.answers,
    slots: core.value.slots,
    inherents: core.value.inherents,
  });
  return {
    ok: true,
    value: {
      core: core.value,
      async make(number, extrinsics) {
        const at = EPOCH + number * SLOT;
        for (const extrinsic of extrinsics) await pool.submit("Local", extrinsic);
        const claim = maker.claimSlot(slotNumber(at / SLOT));
        if (!claim.ok) return err(claim.error.code);
        const made = await maker.make(claim.value, {timestamp: millis(at), hasTime: () => true});
        return made.ok ? {ok: true, value: made.value.hash} : err(made.error.code);
      },
    },
  };
}

/** Transfers of Alice's, each to a fresh account, as they come one after the other. */
function createTransfers({hashing, keyPairs}: CryptoSuite, chain: NodeCore["chain"]) {
  const {genesisHash, head} = chain;
  const runtime = unwrap(chain.runtimeOf(head.state));
  const host = chain.host(head.state, {verifySignature: () => false});
  const description = unwrap(describeRuntime(runtime, host));
  const {specVersion, transactionVersion} = runtime.version;
  const signer = signerOf(unwrap(keyPairs.fromUri("sr25519", alice.uri)), hashing);
  const value = PRESET_PARAMETERS.dev.existentialDeposit;
  let nonce = 0;
  return (count: number): Uint8Array[] =>
    Array.from({length: count}, () => {
      const dest = new Uint8Array(32).fill(1);
      new DataView(dest.buffer).setUint32(0, nonce);
      const transfer = {call: "Balances.transfer_keep_alive", args: {dest, value}};
      const call = unwrap(encodeCall(description, transfer));
      const facts = {nonce: nonce++, genesisHash, specVersion, transactionVersion};
      return unwrap(signExtrinsic(description, call, signer, facts, hashing));
    });
}
