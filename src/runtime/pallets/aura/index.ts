/**
 * Aura: whose turn it is. Time is cut into slots; the author of slot s is authority number s mod n. Each block
 * says in its digest for which slot it was made, and slots must rise from block to block.
 *
 * The authorities are the `aura` keys of the active session; a change takes effect with the next block and is
 * announced in the digest.
 *
 * Out of scope: checking the seal, which the node does (`consensus`).
 */
import {equalBytes} from "#base";
import {decode, encode, newtype, u32, u64, vec} from "#codec";
import {AURA_ENGINE, addWeight, type DigestItem, isEngine} from "#primitives";
import type {Externalities} from "#state";
import {type Pallet, type PalletScope, reads, trap, writes} from "../../frame/index.ts";
import {AURA_KEY, publicKeyCodec, type SessionHandler} from "../session/index.ts";

export interface AuraConfig {
  readonly maxAuthorities: number;
  /** Milliseconds. */
  readonly slotDuration: bigint;
  readonly digest: (state: Externalities) => readonly DigestItem[];
  readonly depositLog: (state: Externalities, item: DigestItem) => void;
  readonly isDisabled: (state: Externalities, index: number) => boolean;
}

/** First byte of an Aura consensus log: a new list of authorities, or the index of a disabled one. */
const AUTHORITIES_CHANGE = 1;
const ON_DISABLED = 2;

/** The slot a block was made for: the first pre-runtime item of Aura whose data is a u64. */
export function slotOfDigest(digest: readonly DigestItem[]): bigint | undefined {
  for (const item of digest) {
    if (item.type !== "PreRuntime" || !isEngine(item.value[0], AURA_ENGINE)) continue;
    const slot = decode(u64, item.value[1]);
    if (slot.ok) return slot.value;
  }
  return undefined;
}

export type Aura = ReturnType<typeof createAura>;

export function createAura(scope: PalletScope, config: AuraConfig) {
  const authority = publicKeyCodec(AURA_KEY);
  const authorities = vec(authority, {
    path: "bounded_collections::bounded_vec::BoundedVec",
    params: [
      {name: "T", type: authority.info},
      {name: "S", type: undefined},
    ],
  });
  const storage = {
    authorities: scope.storage.value("Authorities", authorities, {
      docs: "The current authority set.",
      fallback: [],
    }),
    currentSlot: scope.storage.value(
      "CurrentSlot",
      newtype(u64, {path: "sp_consensus_slots::Slot"}),
      {docs: "The current slot of this block. This will be set in `on_initialize`.", fallback: 0n},
    ),
  };

  const announce = (state: Externalities, kind: number, data: Uint8Array): void => {
    const log = new Uint8Array(1 + data.length);
    log[0] = kind;
    log.set(data, 1);
    config.depositLog(state, {type: "Consensus", value: [AURA_ENGINE, log]});
  };

  const handler: SessionHandler = {
    keyType: AURA_KEY,
    onGenesisSession(state, keys) {
      if (keys.length === 0) return;
      if (storage.authorities.exists(state)) trap("Authorities are already initialized!");
      storage.authorities.set(state, [...keys]);
    },
    onNewSession(state, changed, keys) {
      if (!changed) return;
      const next = keys.slice(0, config.maxAuthorities);
      const current = storage.authorities.get(state);
      const same =
        next.length === current.length && next.every((key, i) => equalBytes(key, current[i]!));
      if (same || next.length === 0) return;
      storage.authorities.set(state, next);
      announce(state, AUTHORITIES_CHANGE, encode(vec(authority), next));
    },
    onDisabled: (state, index) => announce(state, ON_DISABLED, encode(u32, index)),
  };

  const onInitialize = (state: Externalities) => {
    const slot = slotOfDigest(config.digest(state));
    if (slot === undefined) return reads(1n);
    if (slot <= storage.currentSlot.get(state)) trap("Slot must increase");
    storage.currentSlot.set(state, slot);
    const count = BigInt(storage.authorities.get(state).length);
    if (count > 0n) {
      const index = Number(slot % count);
      if (config.isDisabled(state, index)) {
        trap(`Validator with index ${index} is disabled and should not be attempting to author`);
      }
    }
    return addWeight(reads(2n), writes(1n));
  };

  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "Whose turn it is.",
    crate: "pallet_aura",
    storageVersion: 0,
    storage: scope.storage.entries,
    constants: [],
    hooks: {onInitialize},
  };
  return {
    pallet,
    storage,
    handler,
    authoritiesCodec: vec(authority),
    slotDuration: config.slotDuration,
    /** For Timestamp: the time must lie in the slot that the digest names. */
    onTimestampSet(state: Externalities, now: bigint): void {
      if (now / config.slotDuration !== storage.currentSlot.get(state)) {
        trap("Timestamp slot must match `CurrentSlot`");
      }
    },
  };
}
