import {bytesToBinary, utf8Bytes} from "#base";
import {findItem, readValue} from "#description";
import type {FormerAuthors} from "./block-authors.ts";
import type {StateDraft} from "./state-draft.ts";
import {stop} from "./stop.ts";
import type {RehearsalWishes} from "./wishes.ts";

/** Accounts of pallets begin so (sp-runtime, `TypeId for PalletId`): treasury, pots. Nobody has a key to them. */
const OF_PALLETS = utf8Bytes("modl");

const isOfPallet = (account: Uint8Array): boolean =>
  OF_PALLETS.every((byte, i) => account[i] === byte);

/** Maps by account that say what of its money is not free, and are gone with it. */
const CLAIMS = ["Balances.Locks", "Balances.Reserves", "Balances.Freezes", "Balances.Holds"];

/** Bytes of the chain's account ids: 32, or 20 where they are those of Ethereum. */
export function accountLength(description: StateDraft["description"]): 20 | 32 {
  const type = findItem(description, "System.Account")?.keys[0];
  return type !== undefined && readValue(type, new Uint8Array(20)).ok ? 20 : 32;
}

type Fields = Readonly<Record<string, unknown>>;

/** Where a chain keeps balances: within `System.Account`, nearly always, or in a map of the pallet's own. */
const balancesIn = (draft: StateDraft): "System.Account" | "Balances.Account" =>
  isRecord((draft.blank("System.Account") as Fields).data) ? "System.Account" : "Balances.Account";

const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && "free" in value;

/**
 * Accounts and what they have: those of the chain removed, unless they are kept, ours written into the type's own default, so
 * that what a generation marks its accounts by comes out right.
 */
export function replaceAccounts(
  draft: StateDraft,
  wishes: RehearsalWishes,
  former: FormerAuthors,
): void {
  if (!draft.wants("System.Account")) return;
  if (!wishes.keepsAccounts) removeAccounts(draft);
  settleFormer(draft, former);
  const withKeys = new Set(
    draft.publishes("Session.NextKeys")
      ? wishes.collators.map(({account}) => bytesToBinary(account))
      : [],
  );
  const endowed = new Map(wishes.endowed.map(each => [bytesToBinary(each[0]), each] as const));
  for (const {account} of wishes.collators) {
    const key = bytesToBinary(account);
    if (!endowed.has(key)) endowed.set(key, [account, freeOf(draft, account)]);
  }
  const isEach = new Set([...endowed.values()].map(([, amount]) => amount)).size === 1;
  for (const [key, [account, amount]] of endowed) endow(draft, account, amount, withKeys.has(key));
  const amount = isEach ? ` × ${[...endowed.values()][0]![1]}` : "";
  draft.note("System.Account", `:= ${endowed.size} accounts${amount}`);
}

function removeAccounts(draft: StateDraft): void {
  const pots = new Set<string>();
  for (const map of ["System.Account", "Balances.Account", ...CLAIMS]) {
    let count = 0;
    for (const {key, keys} of draft.entryKeys(map)) {
      const [account] = keys;
      if (!(account instanceof Uint8Array)) unknownAccount(map);
      if (isOfPallet(account)) {
        pots.add(bytesToBinary(account));
        continue;
      }
      draft.remove(key);
      count++;
    }
    if (count > 0) draft.note(map, `${count} removed`);
  }
  if (pots.size > 0) draft.note("System.Account", `${pots.size} of pallets kept`);
}

function unknownAccount(map: string): never {
  return stop({
    code: "rehearsal-state-unreadable",
    what: `whose entries of ${map} are cannot be told: this runtime hashes the accounts away`,
    todo: "keep them all: --keep-accounts",
  });
}

function freeOf(draft: StateDraft, account: Uint8Array): bigint {
  const home = balancesIn(draft);
  const value = draft.read(home, [account]);
  const data = home === "System.Account" ? (value as Fields | undefined)?.data : value;
  return isRecord(data) ? (data.free as bigint) : 0n;
}

function endow(draft: StateDraft, account: Uint8Array, free: bigint, hasKeys: boolean): void {
  const found = (draft.read("System.Account", [account]) ??
    draft.blank("System.Account")) as Fields;
  draft.put("System.Account", [account], {
    ...found,
    ...counters(found, hasKeys ? 1 : 0),
    ...(isRecord(found.data) ? {data: {...found.data, free}} : {}),
  });
  if (isRecord(found.data) || !draft.wants("Balances.Account")) return;
  const data = draft.read("Balances.Account", [account]) ?? draft.blank("Balances.Account");
  draft.put("Balances.Account", [account], {...(data as Fields), free});
}

/** Who stands on an account: its balance does, and session keys do; of early ones in 2021 there was one count of all. */
function counters(found: Fields, more: number): Fields {
  const {refcount, consumers, providers} = found;
  return {
    ...(typeof refcount === "number" ? {refcount: Math.max(0, refcount + more)} : {}),
    ...(typeof consumers === "number" ? {consumers: Math.max(0, consumers + more)} : {}),
    ...(typeof providers === "number" && more >= 0 ? {providers: Math.max(1, providers)} : {}),
  };
}

/** Those of the chain's authors whose accounts stay have no keys to answer for any more, and their bonds back. */
function settleFormer(draft: StateDraft, {withKeys, bonds}: FormerAuthors): void {
  const change = (account: Uint8Array, by: (found: Fields) => Fields): void => {
    if (!draft.isStored("System.Account", [account])) return;
    const found = draft.read("System.Account", [account]) as Fields;
    draft.put("System.Account", [account], {...found, ...by(found)});
  };
  for (const account of withKeys) change(account, found => counters(found, -1));
  for (const [account, bond] of bonds) {
    change(account, ({data}) => {
      if (!isRecord(data)) return {};
      const {free, reserved} = data as {free: bigint; reserved: bigint};
      const back = bond < reserved ? bond : reserved;
      return {data: {...data, free: free + back, reserved: reserved - back}};
    });
  }
}

/** The issuance becomes what all accounts have together: once nothing changes them any more. */
export function recountIssuance(draft: StateDraft, keepsAccounts: boolean): void {
  if (!draft.publishes("System.Account") || !draft.wants("Balances.TotalIssuance")) return;
  const home = balancesIn(draft);
  let total = 0n;
  for (const {value} of draft.entries(home)) {
    const data = home === "System.Account" ? (value as Fields).data : value;
    if (isRecord(data))
      total += (data.free as bigint) + ((data.reserved as bigint | undefined) ?? 0n);
  }
  draft.replace("Balances.TotalIssuance", total);
  // Of what pallets have, some say themselves anew how much of it nobody can spend.
  if (!keepsAccounts) draft.clear("Balances.InactiveIssuance");
}
