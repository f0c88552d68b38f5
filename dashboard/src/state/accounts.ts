import {AccountId} from "@polkadot-api/substrate-bindings";
import {signal} from "@preact/signals";
import {type AccountInfo, accountsAt, addressesAfter, hasAccounts} from "../chain/account-info.ts";
import {bytesToHex, hexToBytes} from "../chain/bytes.ts";
import {type ChainRuntime, readConstant, runtimeAt} from "../chain/runtime.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";
import {publicKeyOf} from "../text/account.ts";
import {accountName, WELL_KNOWN_KEYS} from "../text/account-name.ts";
import {collatorSet} from "./collator.ts";
import {bestHead} from "./heads.ts";
import {sudoKey} from "./sudo-key.ts";

export interface KnownAccounts {
  /** Who has a name first, then by what they have. */
  readonly accounts: readonly AccountInfo[];
  /** The chain has more than were read. */
  readonly isCut: boolean;
  /** False: this chain does not publish its accounts. */
  readonly isPublished: boolean;
}

/** A chain may have a million. */
export const PAGE = 100;
export const mostAccounts = signal(PAGE);

export const accounts = asked<KnownAccounts>(
  async () => {
    const block = await node.call<string>("chain_getBlockHash");
    const runtime = await runtimeAt(block);
    const most = mostAccounts.peek();
    const found = await addressesAfter(undefined, most + 1, runtime, block);
    const inOrder = found.slice(0, most);
    const addresses = new Map(
      [...namedHere(runtime), ...inOrder].map(each => [publicKeyOf(each), each]),
    );
    const read = await accountsAt([...addresses.values()], runtime, block);
    return {
      accounts: read.filter(({isHere}) => isHere).toSorted(byWorth),
      isCut: found.length > most,
      isPublished: hasAccounts(runtime),
    };
  },
  whenChanges(bestHead, 1_500),
);

/** A pallet's own account is its identifier behind `modl`; constants tell the identifier. */
const IDENTIFIERS = ["PalletId", "PotId"];
const OF_PALLET = "0x6d6f646c";
const ACCOUNT_DIGITS = 2 + 2 * 32;

/** Whoever is looked for first, whether or not the chain knows them. */
function namedHere(runtime: ChainRuntime): readonly string[] {
  const codec = AccountId(runtime.addressPrefix);
  const pots = runtime.metadata.pallets.flatMap(({name, constants}) =>
    constants
      .filter(each => IDENTIFIERS.includes(each.name))
      .map(each => readConstant<unknown>(runtime, name, each.name))
      .map(identifier => (identifier instanceof Uint8Array ? bytesToHex(identifier) : identifier))
      .filter(identifier => typeof identifier === "string" && identifier.length === 2 + 2 * 8)
      .map(identifier => `${OF_PALLET}${String(identifier).slice(2)}`.padEnd(ACCOUNT_DIGITS, "0")),
  );
  const known = [...Object.values(WELL_KNOWN_KEYS), ...pots].map(key => codec.dec(hexToBytes(key)));
  const members = collatorSet.value.peek()?.members?.map(({account}) => account) ?? [];
  const root = sudoKey.value.peek()?.account;
  return [...known, ...members, ...(root ? [root] : [])];
}

const RANKS = new Map(Object.keys(WELL_KNOWN_KEYS).map((name, rank) => [name, rank]));
const LAST = RANKS.size + 1;

function byWorth(one: AccountInfo, other: AccountInfo): number {
  const [first, second] = [one, other].map(({address}) => {
    const name = accountName(address);
    return name === undefined ? LAST : (RANKS.get(name) ?? RANKS.size);
  });
  if (first !== second) return first! - second!;
  const [less, more] = [one.free ?? 0n, other.free ?? 0n];
  return less < more ? 1 : less > more ? -1 : 0;
}

/** What an account is to this chain, by what the page knows: in words, none for one that is nothing in particular. */
export function rolesOf(address: string): readonly string[] {
  const key = publicKeyOf(address);
  const member = collatorSet.value.value?.members?.find(each => publicKeyOf(each.account) === key);
  const root = sudoKey.value.value?.account;
  return [
    ...(root && publicKeyOf(root) === key ? ["sudo key"] : []),
    ...(member === undefined ? [] : [memberText(member)]),
  ];
}

function memberText({kind, isActive}: {kind: string | null; isActive: boolean}): string {
  const as = kind === null || kind === "None" ? "collator" : `${kind.toLowerCase()} collator`;
  return isActive ? as : `${as}, not authoring now`;
}
