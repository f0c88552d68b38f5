import assert from "node:assert/strict";
import {concatBytes, err, type Millis, ok, type Result, unwrap} from "#base";
import {bytes, compactU32, encode, u32} from "#codec";
import {sealDigest, sealMessage, slotAt, slotStart} from "#consensus";
import {
  auraSlotInherent,
  type Blockchain,
  BlockMaker,
  type InherentProvider,
  inherentsOf,
  inlineSignatures,
  judgeBlock,
  type PastBlock,
  type ProofSizeMode,
  SignatureChecks,
  timestampInherent,
} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {
  type ChainDescription,
  describeRuntime,
  encodeCall,
  StateReader,
  signExtrinsic,
  signerOf,
} from "#description";
import {createMemoryKeystore, createMemorySigningGuard} from "#keystore";
import {type Header, header as headerCodec} from "#primitives";
import {
  PARACHAIN_INHERENT,
  type RelayWorld,
  relayFacts,
  relayView,
  validationDataCall,
  validationDataInherent,
} from "#relay";
import type {Runtime} from "#runtime-api";
import {Overlay, type StateView} from "#state";
import {relayParentIn} from "#validity";
import type {RehearsedNetwork} from "./rehearsed-network.ts";

export interface ForgeOptions {
  /** Whether sizes of proofs are told to the runtime; as the chain's settings have it if not said. */
  readonly proofSize?: ProofSizeMode;
  readonly transactions?: readonly Uint8Array[];
  /** The node over which it is made keeps it, and tells its peers. */
  readonly isTold?: boolean;
}

interface Lie {
  readonly messages?: (world: RelayWorld) => Uint8Array;
  readonly parentHead?: (head: Uint8Array) => Uint8Array;
}

/** What comes of a header and a body where a block is offered. */
export type Offered = Pick<PastBlock, "sealed" | "body">;

/** A collator of a network whose last node follows the chain for him, while his keys make what he likes. */
export async function liarIn(network: RehearsedNetwork, name: string) {
  const native = await createNativeCrypto();
  const {keyPairs} = native;
  const host = network.nodes.at(-1)!.node;
  const honest = network.nodes.slice(0, -1);
  const crypto = withBlockHashing(native, host.rehearsal!.hashing);
  const {hashing} = crypto;
  const pair = unwrap(keyPairs.fromUri("sr25519", `//${name}`));
  const keystore = createMemoryKeystore({keyPairs, randomBytes: length => new Uint8Array(length)});
  unwrap(keystore.insert("aura", `//${name}`, pair.publicKey));
  const {core, chain} = host;
  const describe = (runtime: Runtime, state: StateView): ChainDescription =>
    unwrap(describeRuntime(runtime, {state: new Overlay(state), verifySignature: () => false}));
  const slotNow = () => slotAt(host.time.now(), network.slotDuration);
  const finalized = () => Math.min(...honest.map(({node}) => node.chain.finalized().number));
  const sign = (unsealed: Header, uri = `//${name}`): Header => {
    const signer = unwrap(keyPairs.fromUri("sr25519", uri));
    const seal = sealDigest(signer.sign(sealMessage(unsealed, hashing)));
    return {...unsealed, digest: [...unsealed.digest, seal]};
  };
  const hashOf = ({sealed}: Offered) => hashing.blockHash(encode(headerCodec, sealed));

  /** What every honest node answers to a block: its code, or that of what it holds against inherents. */
  async function answersTo({sealed, body}: Offered): Promise<string> {
    const codes = new Set<string>();
    for (const {node} of honest) {
      const answer = await node.core.importer.import(sealed, body);
      const fault = answer.ok || answer.error.code !== "inherents-false" ? undefined : answer.error;
      codes.add(answer.ok ? "taken" : (fault?.fault ?? answer.error.code));
    }
    return [...codes].join(" and ");
  }

  return {
    hashing,
    sign,
    hashOf,
    answersTo,
    finalized,

    /** Waits for a turn, and makes its block. */
    async forge(
      relay: InherentProvider,
      {proofSize = chain.proofSize, transactions = [], isTold = false}: ForgeOptions = {},
    ): Promise<PastBlock> {
      let forged: PastBlock | undefined;
      const {answers, slots, pool} = core;
      const maker = new BlockMaker({
        chain: executing(chain, proofSize),
        answers,
        slots,
        inherents: inherentsOf([timestampInherent, auraSlotInherent, relay]),
        pool,
        keystore,
        guard: createMemorySigningGuard(),
        crypto,
        signatures: new SignatureChecks(crypto, inlineSignatures(crypto)),
        clock: network.time.clock,
        logger: {log() {}},
        yieldThread: async () => {},
        judge(block) {
          forged = block;
          return isTold ? ok() : err({reason: "it is looked at, and not kept"});
        },
      });
      const before = slotNow();
      await network.until(() => slotNow() > before && maker.claimSlot(slotNow()).ok);
      const claim = unwrap(maker.claimSlot(slotNow()));
      const made = await maker.make(claim, {
        timestamp: slotStart(claim.slot, network.slotDuration) as Millis,
        hasTime: () => true,
        transactions: transactions.map(bytes => ({hash: hashing.blockHash(bytes), bytes})),
      });
      if (forged === undefined) throw new Error(JSON.stringify(made));
      return forged;
    },

    /** A block refused by all, after which they go on, and what they make becomes final. */
    async isRefused(block: Offered, code: string): Promise<void> {
      assert.equal(await answersTo(block), code);
      const before = finalized();
      await network.until(() => finalized() >= before + 2);
      for (const {node} of network.nodes) assert.equal(node.chain.header(hashOf(block)), undefined);
    },

    /** What a relay chain's validators would say, were the relay chain as the block has it; a failure in words. */
    judged(block: PastBlock): Result<unknown, string> {
      const description = describe(block.runtime, block.parentState);
      const verdict = judgeBlock(block, {
        verifySignature: host.verifySignature,
        relayParent: ({body}) => relayParentIn(description, body),
      });
      if (verdict.ok) return verdict;
      return err("reason" in verdict.error ? verdict.error.reason : verdict.error.code);
    },

    /**
     * What is said of a relay chain that is not the one which all see. `messages`: downward ones that it brings, as the inherent
     * has them; `parentHead`: what is said to be the parent's, beside the relay chain.
     */
    lying(
      change: (world: RelayWorld) => Partial<RelayWorld>,
      {messages, parentHead: headOf = (head: Uint8Array) => head}: Lie = {},
    ): InherentProvider {
      return {
        name: "relay",
        data({parent, runtime, slotBegins}) {
          const description = describe(runtime, parent.state);
          const call = validationDataCall(description)!;
          const reader = new StateReader(description, parent.state, hashing);
          const facts = unwrap(relayFacts(reader, () => undefined));
          const parentHead = encode(headerCodec, parent.header);
          const {relayOffset: offset} = host.rehearsal!;
          const seen = {...facts, offset, parentHead, slotBegins};
          const world = {...seen, ...change(seen)};
          const view = unwrap(relayView(world, hashing));
          const said = {...view, parentHead: headOf(view.parentHead)};
          const data = validationDataInherent(said, call);
          if (messages === undefined) return ok([[PARACHAIN_INHERENT, data]]);
          const nothing = call.nothingInData;
          const head = data.subarray(0, data.length - nothing);
          // One empty list less: that of downward messages, which come first.
          const rest = new Uint8Array(nothing - 1);
          return ok([[PARACHAIN_INHERENT, concatBytes(head, messages(world), rest)]]);
        },
      };
    },

    /** The same body, in which the extrinsic that tells of the relay chain brings one downward message. */
    bodyWithMessage({runtime, parentState, body}: PastBlock, message: Uint8Array): Uint8Array[] {
      const description = describe(runtime, parentState);
      const {nothingInCall} = validationDataCall(description)!;
      return body.map(extrinsic => {
        if (relayParentIn(description, [extrinsic]) === undefined) return extrinsic;
        const lengthBytes = encode(compactU32, extrinsic.length).length;
        const content = concatBytes(
          extrinsic.subarray(lengthBytes, extrinsic.length - nothingInCall),
          downward(1, message),
          new Uint8Array(nothingInCall - 1),
        );
        return concatBytes(encode(compactU32, content.length), content);
      });
    },

    /** A transfer, signed for ever. */
    transfer(dest: Uint8Array): Uint8Array {
      const {state} = chain.head;
      const runtime = unwrap(chain.runtimeOf(state));
      const description = describe(runtime, state);
      const call = {call: "Balances.transfer_keep_alive", args: {dest, value: 10n ** 12n}};
      const {specVersion, transactionVersion} = runtime.version;
      const facts = {nonce: 0, genesisHash: chain.genesisHash, specVersion, transactionVersion};
      const encoded = unwrap(encodeCall(description, call));
      return unwrap(signExtrinsic(description, encoded, signerOf(pair, hashing), facts, hashing));
    },
  };
}

/** A list of one `InboundDownwardMessage`: the relay block that it was sent at, and itself. */
export const downward = (sentAt: number, message: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(1 << 2), encode(u32, sentAt), encode(bytes, message));

/** The same chain, as if its settings said otherwise how blocks are executed. */
const executing = (chain: Blockchain, proofSize: ProofSizeMode): Blockchain =>
  new Proxy(chain, {
    get(target, name) {
      if (name === "proofSize") return proofSize;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
