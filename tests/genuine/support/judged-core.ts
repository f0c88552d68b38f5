import {millis, ok, silentLogger, slot as slotOf, unwrap, VirtualClock} from "#base";
import {decode, u32} from "#codec";
import {
  assembleCore,
  BlockMaker,
  type InherentProvider,
  inlineSignatures,
  type ProofSizeMode,
  RuntimesByCode,
  SignatureChecks,
} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createMemoryKeystore, createMemorySigningGuard} from "#keystore";
import {itemKey} from "#primitives";
import {createMemoryChainStore} from "#store";
import {createWasmEngine} from "#wasm-runtime";
import {AUTHOR_URIS, judgedChain, pairOf} from "./judged-chain.ts";
import {PARACHAIN_INHERENT, relayInherent} from "./relay-inherent.ts";

/** Of a relay chain that does not exist, for the block of a slot. */
const relayOf = (
  hashing: Parameters<typeof relayInherent>[0],
  duration: number,
): InherentProvider => ({
  name: "relay",
  data({parent, slot}) {
    const id = parent.state.get(itemKey(hashing, "ParachainInfo", "ParachainId"));
    const facts = {
      paraId: unwrap(decode(u32, id!)),
      parent: parent.header,
      millis: slot * duration,
    };
    return ok([[PARACHAIN_INHERENT, relayInherent(hashing, facts)]]);
  },
});

/** A node of a genuine parachain whose authors are ours, in memory, with all of their keys. */
export async function judgedCore(text: string, proofSize: ProofSizeMode) {
  const {genesis, hashes, slotDuration} = judgedChain(text);
  const crypto = withBlockHashing(await createNativeCrypto(), hashes);
  const {hashing, keyPairs} = crypto;
  const {header, headerBytes, hash, state} = genesis;
  const {parentHash} = header;
  const first = {hash, number: 0, parentHash, header: headerBytes, body: [], state};
  const store = await createMemoryChainStore(first, data => hashing.blockHash(data));
  const keystore = createMemoryKeystore({keyPairs, randomBytes: length => new Uint8Array(length)});
  for (const uri of AUTHOR_URIS) unwrap(keystore.insert("aura", uri, pairOf(uri).publicKey));
  const clock = new VirtualClock(millis(1_700_400_000_000));
  const signatures = new SignatureChecks(crypto, inlineSignatures(crypto));
  const dependencies = {
    inherents: [relayOf(hashing, slotDuration)],
    runtimes: new RuntimesByCode([createWasmEngine(crypto)], hashing),
    store,
    keystore,
    guard: createMemorySigningGuard(),
    crypto,
    signatures,
    clock,
    wallClock: clock,
    logger: silentLogger,
    random: () => 0.5,
    yieldThread: async () => {},
    onFatal: (report: {readonly what: string}) => {
      throw new Error(report.what);
    },
  };
  const core = unwrap(
    assembleCore(
      {
        collator: false,
        forceAuthoring: true,
        seal: {kind: "slots"},
        pool: {},
        network: undefined,
        finality: {kind: "at-once"},
        proofSize,
      },
      dependencies,
    ),
  );
  const {chain, answers, slots, inherents, pool} = core;
  const maker = new BlockMaker({...dependencies, chain, answers, slots, inherents, pool});
  return {
    core,
    signatures,
    /** Makes the block of a slot, counted from the first. */
    async make(at: number, transactions: readonly Uint8Array[] = []) {
      const slot = Math.floor(1_700_400_000_000 / slotDuration) + at;
      const timestamp = millis(slot * slotDuration);
      clock.advanceTo(timestamp);
      const claim = unwrap(maker.claimSlot(slotOf(slot)));
      const candidates = transactions.map(bytes => ({hash: hashing.blockHash(bytes), bytes}));
      const options = {timestamp, hasTime: () => true, transactions: candidates};
      return unwrap(await maker.make(claim, options));
    },
    /** Sets the clock to a slot, counted from the first. */
    waitFor(at: number) {
      const slot = Math.floor(1_700_400_000_000 / slotDuration) + at;
      clock.advanceTo(millis(slot * slotDuration));
    },
  };
}
