import {hex} from "#base";
import {encode, struct, u128, vec} from "#codec";
import {accountId} from "#primitives";
import type {CollatorChain} from "#runtime";
import {accountData, accountInfo, NEW_LOGIC_FLAG} from "../../src/runtime/testing.ts";
import type {Override} from "./replay.ts";
import type {Vector} from "./vector.ts";

const ED = 1_000_000_000n;

/** What the recorder wrote by hand in `f-author-reward`: the pot's balance, and authors without an account. */
const POT_BEFORE: Readonly<Record<number, {pot: bigint; without?: string}>> = {
  10: {pot: ED + 1n},
  11: {pot: ED + 2n},
  12: {pot: ED - 1n},
  13: {pot: ED + 10n, without: "Alice"},
  14: {pot: 4n * ED, without: "Bob"},
};

/** In `i-fee-multiplier`, in parts of 10^18. */
const MULTIPLIER_BEFORE: Readonly<Record<number, bigint>> = {
  8: 2_500_000_000_000_000_000n,
  9: 333_333_333_333_333_333n,
  10: 1_000_000_000n,
};

/** In `s1-max-candidates`: one less than there may be, none of whom has an account. */
const FILLERS = 999;
const BOND = 16_000_000_000_000n;

const CANDIDATES = vec(struct({who: accountId, deposit: u128}));

/** In `w-consumers-and-frozen`: who has session keys from then on without having set them. */
const WITH_KEYS = ["Old1", "Old2", "Old3"];

type Before = (block: number, vector: Vector) => Override[];

/** State that the recorder wrote before blocks, as the recordings' notes tell it; the notes of each are in words only. */
export function hyperbridgeOverrides(
  chain: CollatorChain,
): (vector: Vector, block: number) => Override[] {
  const {hashing} = chain.config;
  const {storage} = chain.system;

  const fillers = () =>
    Array.from({length: FILLERS}, (_, i) => ({
      who: hashing.blake2b256(Uint8Array.from(`filler${i}`, c => c.charCodeAt(0))),
      deposit: BOND,
    }));

  const potAndAuthor: Before = (block, {accounts}) => {
    const override = POT_BEFORE[block];
    if (override === undefined) return [];
    const {pot, without} = override;
    const data = {free: pot, reserved: 0n, frozen: 0n, flags: NEW_LOGIC_FLAG};
    const info = {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data};
    const overrides: Override[] = [
      [storage.account.keyOf(chain.collatorSelection.pot), encode(accountInfo(accountData), info)],
    ];
    if (without !== undefined) {
      overrides.push([storage.account.keyOf(hex(accounts[without]!)), undefined]);
    }
    return overrides;
  };

  const multiplier: Before = block => {
    const value = MULTIPLIER_BEFORE[block];
    const {nextFeeMultiplier} = chain.transactionPayment.storage;
    return value === undefined ? [] : [[nextFeeMultiplier.key, encode(u128, value)]];
  };

  const fullList: Before = block => {
    const {candidates} = chain.collatorSelection.storage;
    return block === 2 ? [[candidates.key, encode(CANDIDATES, fillers())]] : [];
  };

  const keys: Before = (block, {accounts}) =>
    block === 3
      ? WITH_KEYS.map(name => [
          chain.session.storage.nextKeys.keyOf(hex(accounts[name]!)),
          hex(accounts[`${name}//aura`]!),
        ])
      : [];

  const byVector: Readonly<Record<string, Before>> = {
    "f-author-reward": potAndAuthor,
    "i-fee-multiplier": multiplier,
    "s1-max-candidates": fullList,
    "w-consumers-and-frozen": keys,
  };
  return (vector, block) => byVector[vector.id]?.(block, vector) ?? [];
}
