import {readFileSync} from "node:fs";
import {decodeAddress, encodeAddress} from "@polkadot/util-crypto";
import {camelCase} from "#description";

/** A runtime's event: `council.Voted` and its fields by name. */
export type NamedEvent = readonly [string, Readonly<Record<string, unknown>>];

export interface RecordedTransaction {
  readonly by: string;
  /** `sudo.sudo` */
  readonly call: string;
  readonly ok: boolean;
  /** `collatorSelection.ValidatorNotRegistered`, or an error that is no pallet's, in JSON. */
  readonly error?: string;
  /** Without those of fees. */
  readonly events: readonly NamedEvent[];
}

export interface RecordedBlock {
  readonly block: number;
  /** Of 12 s, counted from 1970. */
  readonly slot: number;
  readonly note: string;
  readonly tx: readonly RecordedTransaction[];
  /** What happened in it outside of transactions. */
  readonly hooks?: readonly NamedEvent[];
}

/** Storage after the block before it, in words. */
export interface RecordedSight {
  readonly see: string;
  readonly value: unknown;
}

export type Recorded = RecordedBlock | RecordedSight;

/**
 * Stories that another program ran on rhala 1241 and that the runtime's `validate_block` accepted block by block: events,
 * errors and storage. It jumped over blocks in which nothing was sent.
 */
const all: Readonly<Record<string, readonly Recorded[]>> = JSON.parse(
  readFileSync(new URL("recorded.json", import.meta.url), "utf8"),
);

export const recordedStory = (name: string): readonly Recorded[] => all[name]!;

/** All sights of a story under a heading, in their order. */
export function sights(story: readonly Recorded[], see: string): unknown[] {
  return story.flatMap(entry => ("see" in entry && entry.see === see ? [entry.value] : []));
}

export const blockOf = (story: readonly Recorded[], block: number): RecordedBlock =>
  story.find(entry => "block" in entry && entry.block === block) as RecordedBlock;

/** Of fees, and of how a transaction ended, which the recording tells otherwise. */
const UNTOLD = new Set([
  "balances.Withdraw",
  "balances.Deposit",
  "treasury.Deposit",
  "transactionPayment.TransactionFeePaid",
  "system.ExtrinsicSuccess",
  "system.ExtrinsicFailed",
]);

export const isTold = (name: string): boolean => !UNTOLD.has(name);

/** Seconds at which a token of a pool was made stand in it, in digits. */
const CREATE_TIME = String(BigInt(`0x${Buffer.from("createtime").toString("hex")}`));
const digitsOf = (number: unknown): number =>
  Number(Buffer.from(BigInt(String(number)).toString(16), "hex").toString());

/**
 * The same facts in one form: numbers of whatever spelling as decimal digits, accounts by name. Moments go by the block's
 * own, in seconds.
 */
export function plain(
  value: unknown,
  nameOf: (address: string) => string | undefined,
  moment: number,
): unknown {
  const walk = (one: unknown): unknown => {
    if (typeof one === "number" || typeof one === "bigint") return String(one);
    if (typeof one === "string") return plainText(one, nameOf);
    if (Array.isArray(one)) return one.map(walk);
    if (one === null || typeof one !== "object") return one;
    const fields = Object.entries(one).map(
      ([key, field]) => [camelCase(key), walk(field)] as const,
    );
    const named = Object.fromEntries(fields);
    return named.key === CREATE_TIME && "value" in named
      ? {...named, value: `${digitsOf(named.value) - moment} s from its block`}
      : named;
  };
  return walk(value);
}

function plainText(text: string, nameOf: (address: string) => string | undefined): unknown {
  if (KEY.test(text)) return nameOf(encodeAddress(text, ANY_CHAIN)) ?? text;
  if (/^0x[0-9a-f]+$/.test(text)) return String(BigInt(text));
  if (!/^[1-9A-HJ-NP-Za-km-z]{46,50}$/.test(text)) return text;
  return nameOf(encodeAddress(decodeAddress(text), ANY_CHAIN)) ?? text;
}

/** Accounts, other keys, hashes. */
const KEY = /^0x[0-9a-f]{64}$/;
/** The prefix of addresses by which names are kept. */
export const ANY_CHAIN = 42;
