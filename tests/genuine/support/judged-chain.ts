import {bytesToHex, type Result, unwrap} from "#base";
import {encode, fixedBytes, vec} from "#codec";
import {type KeyPair, verifyMultiSignature} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {header as headerCodec, itemKey} from "#primitives";
import type {Block} from "#runtime-api";
import {encodeCompactProof, type ProofItems} from "#trie";
import {
  type RelayParent,
  relayParentIn,
  type ValidationFailure,
  type ValidationResult,
  validateBlock,
} from "#validity";
import {GenuineChain, type GenuineChainOptions, hashing, signatures} from "./genuine-chain.ts";

const {keyPairs} = await createNativeCrypto();
export const pairOf = (uri: string): KeyPair => unwrap(keyPairs.fromUri("sr25519", uri));

/** Who take turns, in the order in which they do. */
export const AUTHOR_URIS = ["//Dave//aura", "//Bob//aura", "//Charlie//aura", "//Alice//aura"];
export const AUTHORS = AUTHOR_URIS.map(pairOf);
const COLLATORS = ["//Alice", "//Bob", "//Charlie", "//Dave"].map(pairOf);
const FUNDED = [...COLLATORS, pairOf("//Eve")];
const FREE = String(10n ** 18n);

/** Shapes that the money of an account has had. */
const BALANCES = [
  {free: FREE, reserved: 0, frozen: 0, flags: String(1n << 127n)},
  {free: FREE, reserved: 0, miscFrozen: 0, feeFrozen: 0},
];

const ISSUANCE = String(10n ** 18n * BigInt(FUNDED.length));

/** By its key, since chains from before metadata 14 do not say what an authority is. */
const authorities = encode(
  vec(fixedBytes(32)),
  AUTHORS.map(({publicKey}) => publicKey),
);
const AUTHORITIES = ["Aura", "AuraExt"].map(
  pallet => [itemKey(hashing, pallet, "Authorities"), authorities] as const,
);
/** What a state that was exported from a running chain says of its relay chain and its time. */
const HISTORY = [
  ["Aura", "CurrentSlot"],
  ["AuraExt", "SlotInfo"],
  ["AuraExt", "RelaySlotInfo"],
  ["ParachainSystem", "LastRelayChainBlockNumber"],
  ["ParachainSystem", "LastDmqMqcHead"],
  ["ParachainSystem", "LastHrmpMqcHeads"],
  ["ParachainSystem", "UnincludedSegment"],
  ["ParachainSystem", "AggregatedUnincludedSegment"],
].map(([pallet, item]) => [itemKey(hashing, pallet!, item!), undefined] as const);

function namedWith(data: unknown) {
  const accountOf = (pair: KeyPair) => {
    // Session keys that were set hold their account.
    const consumers = COLLATORS.includes(pair) ? 1 : 0;
    return {nonce: 0, consumers, providers: 1, sufficients: 0, data};
  };
  return {
    System: {Account: FUNDED.map(pair => [[bytesToHex(pair.publicKey)], accountOf(pair)])},
    Balances: {TotalIssuance: ISSUANCE},
  };
}

/** A genuine parachain whose authors are ours, which seal, and with accounts of ours. */
export function judgedChain(
  text: string,
  {named: more = {}, ...options}: Pick<GenuineChainOptions, "keepsSizes"> & {named?: object} = {},
): GenuineChain {
  const authorOf = (slot: number) => AUTHORS[slot % AUTHORS.length]!;
  const written = [...HISTORY, ...AUTHORITIES];
  const {hashes: blockHashing} = new GenuineChain(text);
  for (const [i, data] of BALANCES.entries()) {
    try {
      const named = {...namedWith(data), ...more};
      return new GenuineChain(text, {
        isRecorded: true,
        ...options,
        named,
        written,
        blockHashing,
        authorOf,
      });
    } catch (error) {
      if (i === BALANCES.length - 1) throw error;
    }
  }
  throw new Error("unreachable");
}

export interface Judgement {
  readonly block: Block;
  readonly items: ProofItems;
  readonly relayParent: RelayParent;
}

/** What a block says of its relay chain, and what executing it on the head comes upon. */
export function judgementOf(chain: GenuineChain, block: Block): Judgement {
  const relayParent = relayParentIn(chain.description, block.extrinsics);
  if (relayParent === undefined) throw new Error("the block has no set_validation_data");
  const {items} = chain.execute(block).recorder;
  return {block, items, relayParent};
}

/** Has the runtime of the head judge a block on it. */
export function judge(
  chain: GenuineChain,
  {block, items, relayParent}: Judgement,
): Result<ValidationResult, ValidationFailure> {
  const request = {
    parentHead: encode(headerCodec, chain.head.header),
    block,
    proof: encodeCompactProof(chain.head.state.root(), items),
    relayParentNumber: relayParent.number,
    relayParentStorageRoot: relayParent.storageRoot,
  };
  return validateBlock(chain.runtime, request, {
    verifySignature: ({scheme, signature, message, account}) =>
      verifyMultiSignature({hashing, signatures}, scheme, signature, message, account),
  });
}
