import {node} from "../rpc/node.ts";
import {type ChainRuntime, hasItem} from "./runtime.ts";

/** What a chain keeps of an account, in the smallest unit; undefined what it does not publish. */
export interface AccountInfo {
  readonly address: string;
  /** Whether the chain knows it at all. */
  readonly isHere: boolean;
  readonly nonce: number | undefined;
  readonly free: bigint | undefined;
  readonly reserved: bigint | undefined;
  /** Of what is free, so much cannot be sent. */
  readonly frozen: bigint | undefined;
}

/** `System.Account`: the names of what is frozen, and whether there are balances at all, differ between runtimes. */
export interface StoredAccount {
  readonly nonce?: unknown;
  readonly providers?: unknown;
  readonly data?: Readonly<Record<string, unknown>>;
}

const amount = (value: unknown): bigint | undefined =>
  typeof value === "bigint" ? value : typeof value === "number" ? BigInt(value) : undefined;

/** Until 2023 there were two amounts of which the larger counted: `misc_frozen` and `fee_frozen`. */
function frozenOf(data: Readonly<Record<string, unknown>>): bigint | undefined {
  const parts = [data.frozen, data.misc_frozen, data.fee_frozen]
    .map(amount)
    .filter(each => each !== undefined);
  return parts.reduce<bigint | undefined>(
    (most, each) => (most === undefined || each > most ? each : most),
    undefined,
  );
}

function infoOf(address: string, stored: StoredAccount | undefined, isHere: boolean): AccountInfo {
  const {nonce, data} = stored ?? {};
  const fields = typeof data === "object" && data !== null ? data : {};
  return {
    address,
    isHere,
    nonce: typeof nonce === "number" || typeof nonce === "bigint" ? Number(nonce) : undefined,
    free: amount(fields.free),
    reserved: amount(fields.reserved),
    frozen: frozenOf(fields),
  };
}

export const hasAccounts = (runtime: ChainRuntime): boolean =>
  hasItem(runtime, "System", "Account");

/** The accounts under these addresses, in a block's state; all in one question. */
export async function accountsAt(
  addresses: readonly string[],
  runtime: ChainRuntime,
  block: string,
): Promise<readonly AccountInfo[]> {
  if (addresses.length === 0 || !hasAccounts(runtime)) return [];
  const storage = runtime.builder.buildStorage("System", "Account");
  const keys = addresses.map(address => storage.keys.enc(address));
  const [set] = await node.call<[{changes: (readonly [string, string | null])[]}]>(
    "state_queryStorageAt",
    [keys, block],
  );
  const values = new Map(set.changes);
  return addresses.map((address, i) => {
    const value = values.get(keys[i]!) ?? null;
    const stored = value === null ? storage.fallback : storage.value.dec(value);
    return infoOf(address, stored as StoredAccount | undefined, value !== null);
  });
}

/** So many addresses that the chain knows, in the order of its keys, behind one of them. */
export async function addressesAfter(
  last: string | undefined,
  most: number,
  runtime: ChainRuntime,
  block: string,
): Promise<readonly string[]> {
  if (!hasAccounts(runtime)) return [];
  const {keys} = runtime.builder.buildStorage("System", "Account");
  const from = last === undefined ? null : keys.enc(last);
  const found = await node.call<string[]>("state_getKeysPaged", [keys.enc(), most, from, block]);
  return found.map(key => String(keys.dec(key)[0]));
}
