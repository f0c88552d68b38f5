import {type BinaryString, bytesToBinary, concatBytes, hex, utf8Bytes} from "#base";
import {encode, struct, u32, u128, vec} from "#codec";
import type {Hashing} from "#crypto";
import {accountId, itemKey} from "#primitives";
import type {RecordedBlock, Recording} from "./recording.ts";

type Change = readonly [BinaryString, Uint8Array | undefined];

const candidates = vec(struct({who: accountId, deposit: u128}));
const FILLER_BOND = 16_000_000_000_000n;
/** `ExtraFlags` of an account of today: the bit that says so. */
const FLAGS = 1n << 127n;

/** What the recorder wrote into the state before a block, as its note says in words: SCALE of pallets' own types. */
export function writtenByHand(
  hashing: Hashing,
  {accounts, constants}: Recording,
  {note = ""}: RecordedBlock,
): readonly Change[] {
  if (!note.includes("storage override")) return [];
  const accountKey = (name: string) => {
    const id = hex(accounts[name]!);
    return itemKey(hashing, "System", "Account") + hashed(hashing.blake2b128(id), id);
  };
  const multiplier = /NextFeeMultiplier = (\d+)/.exec(note)?.[1];
  if (multiplier !== undefined) {
    const key = itemKey(hashing, "TransactionPayment", "NextFeeMultiplier");
    return [[key, encode(u128, BigInt(multiplier))]];
  }
  const [, factor, sign, more] = /pot free = (\d+ )?ED(?: ([+-]) (\d+))?/.exec(note) ?? [];
  if (note.includes("pot free")) {
    const deposit = BigInt(constants.existentialDeposit) * BigInt(factor?.trim() ?? "1");
    const free = sign === "-" ? deposit - BigInt(more!) : deposit + BigInt(more ?? 0);
    const counts = [0, 0, 1, 0].map(count => encode(u32, count));
    const amounts = [free, 0n, 0n, FLAGS].map(amount => encode(u128, amount));
    const without = /author (\w+) has no account/.exec(note)?.[1];
    const changes: Change[] = [[accountKey("POT"), concatBytes(...counts, ...amounts)]];
    return without === undefined ? changes : [...changes, [accountKey(without), undefined]];
  }
  const [, item, count] = /(Candidates|CandidateList) = (\d+) filler accounts/.exec(note) ?? [];
  if (item !== undefined) {
    const fillers = Array.from({length: Number(count)}, (_, i) => ({
      who: hashing.blake2b256(utf8Bytes(`filler${i}`)),
      deposit: FILLER_BOND,
    }));
    return [[itemKey(hashing, "CollatorSelection", item), encode(candidates, fillers)]];
  }
  const named = /Session.NextKeys for (.+)/.exec(note)?.[1];
  if (named === undefined) throw new Error(`the recorder's note is not understood: ${note}`);
  return named.split(", ").map(name => {
    const id = hex(accounts[name]!);
    const key = itemKey(hashing, "Session", "NextKeys") + hashed(hashing.twox64(id), id);
    return [key, hex(accounts[`${name}//aura`]!)];
  });
}

const hashed = (hash: Uint8Array, key: Uint8Array): BinaryString =>
  bytesToBinary(concatBytes(hash, key));
