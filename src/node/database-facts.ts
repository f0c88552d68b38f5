import {statSync} from "node:fs";
import {type BinaryString, bytesToHex, err, type Hex, ok, type Report, type Result} from "#base";
import type {CryptoSuite} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {describeRuntime, ItemsByPrefix, itemName} from "#description";
import type {PruningStatus} from "#rpc";
import {Overlay, type StateView} from "#state";
import {
  type ChainStore,
  chainFolders,
  databaseFile,
  inspectChain,
  type KindSize,
  openFailureReport,
} from "#store";
import {pruningStatus} from "./answers/pruning.ts";
import {createRuntimes} from "./runtimes.ts";

/** What one item of a pallet takes in a state. Bytes are of keys and values. */
export interface ItemSize {
  /** `System.Account`; a key in hex where no pallet has it. */
  readonly item: string;
  readonly entries: number;
  readonly bytes: number;
}

export interface DatabaseStats {
  /** Bytes of the file, and of what is in it. */
  readonly size: number;
  readonly used: number;
  readonly kinds: readonly KindSize[];
  readonly kept: PruningStatus;
  readonly state: {
    readonly height: number;
    readonly hash: Hex;
    readonly items: readonly ItemSize[];
  };
}

/** How one item of a pallet is other in a later state. */
export interface ItemDifference {
  readonly item: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** By how many bytes of keys and values it grew. */
  readonly grownBy: number;
}

export interface StateDifference {
  readonly from: {readonly height: number; readonly hash: Hex};
  readonly to: {readonly height: number; readonly hash: Hex};
  readonly items: readonly ItemDifference[];
}

/** Why nothing is told: a node has it open, there is none, or in words. */
export type FactsFailure =
  | {readonly code: "running" | "nothing"}
  | {readonly code: "unreadable"; readonly report: Report}
  | {
      readonly code: "state-missing";
      readonly height: number;
      readonly best: number;
      readonly kept: PruningStatus["kept"];
    };

/** What the database of a chain that no node has open is made of; its state at a height, the best one where none is named. */
export async function databaseStats(
  basePath: string,
  chainId: string,
  height: number | undefined,
): Promise<Result<DatabaseStats, FactsFailure>> {
  const {size} = statSync(databaseFile(chainFolders(basePath, chainId)), {
    throwIfNoEntry: false,
  }) ?? {
    size: 0,
  };
  return looking(basePath, chainId, (chain, crypto) => {
    const at = stateAt(chain, height ?? chain.best.number);
    if (!at.ok) return at;
    const count = chain.countComposition();
    while (!count.step());
    const kinds = count.kinds();
    const used = kinds.reduce((sum, {bytes}) => sum + bytes, 0);
    const {state, ...place} = at.value;
    const items = itemSizes(state, namesIn(state, crypto));
    return ok({size, used, kinds, kept: pruningStatus(chain.pruning), state: {...place, items}});
  });
}

/** How the state at one height is other than at an earlier one, of a database that no node has open. */
export function databaseDiff(
  basePath: string,
  chainId: string,
  heights: readonly [number, number],
): Promise<Result<StateDifference, FactsFailure>> {
  return looking(basePath, chainId, (chain, crypto) => {
    const [from, to] = heights.map(height => stateAt(chain, height));
    if (!from!.ok) return from!;
    if (!to!.ok) return to!;
    const [before, after] = [from!.value, to!.value];
    const items = itemDifferences(before.state, after.state, namesIn(after.state, crypto));
    const place = ({height, hash}: PlacedState) => ({height, hash});
    return ok({from: place(before), to: place(after), items});
  });
}

async function looking<T>(
  basePath: string,
  chainId: string,
  look: (chain: ChainStore, crypto: CryptoSuite) => Result<T, FactsFailure>,
): Promise<Result<T, FactsFailure>> {
  const crypto = await createNativeCrypto();
  const hash = (data: Uint8Array) => crypto.hashing.blockHash(data);
  const looked = await inspectChain(chainFolders(basePath, chainId), hash, chain =>
    look(chain, crypto),
  );
  if (looked.ok) return looked.value ?? err({code: "nothing"});
  if (looked.error.code === "database-locked") return err({code: "running"});
  return err({code: "unreadable", report: openFailureReport(looked.error)});
}

/** Keys of no pallet: `:code`, `:heappages`, and what child tries' roots stand under. */
const WELL_KNOWN = /^:[a-z_]+:?/;

interface PlacedState {
  readonly height: number;
  readonly hash: Hex;
  readonly state: StateView;
}

function stateAt(chain: ChainStore, height: number): Result<PlacedState, FactsFailure> {
  const hash = height > chain.best.number ? undefined : chain.blocks.canonical(height);
  const state = hash === undefined ? undefined : chain.stateAt(hash);
  if (hash === undefined || state === undefined) {
    const {number: best} = chain.best;
    return err({code: "state-missing", height, best, kept: chain.pruning.ranges()});
  }
  return ok({height, hash: bytesToHex(hash), state});
}

/** How keys are called, by the runtime in the state. */
function namesIn(state: StateView, crypto: CryptoSuite): (key: BinaryString) => string {
  const runtime = createRuntimes(crypto).runtimeOf(state);
  const described = runtime.ok
    ? describeRuntime(runtime.value, {state: new Overlay(state), verifySignature: () => false})
    : undefined;
  const items = described?.ok ? new ItemsByPrefix(described.value, crypto.hashing) : undefined;
  return key => {
    const item = items?.of(key);
    if (item !== undefined) return itemName(item);
    const pallet = items?.versionOf(key);
    if (pallet !== undefined) return `${pallet} (storage version)`;
    return WELL_KNOWN.exec(key)?.[0] ?? "other";
  };
}

function itemSizes(state: StateView, nameOf: (key: BinaryString) => string): ItemSize[] {
  const sizes = new Map<string, {entries: number; bytes: number}>();
  for (const [key, value] of state.entries()) {
    const size = of(sizes, nameOf(key), () => ({entries: 0, bytes: 0}));
    size.entries++;
    size.bytes += key.length + value.length;
  }
  return [...sizes].map(([item, size]) => ({item, ...size})).sort((a, b) => b.bytes - a.bytes);
}

function itemDifferences(
  before: StateView,
  after: StateView,
  nameOf: (key: BinaryString) => string,
): ItemDifference[] {
  const items = new Map<
    string,
    Omit<{-readonly [K in keyof ItemDifference]: ItemDifference[K]}, "item">
  >();
  for (const {key, before: old, after: now} of after.differencesFrom(before)) {
    const item = of(items, nameOf(key), () => ({added: 0, removed: 0, changed: 0, grownBy: 0}));
    if (old === undefined) item.added++;
    else if (now === undefined) item.removed++;
    else item.changed++;
    const sizeOf = (value: Uint8Array | undefined) =>
      value === undefined ? 0 : key.length + value.length;
    item.grownBy += sizeOf(now) - sizeOf(old);
  }
  const changes = ({added, removed, changed}: ItemDifference) => added + removed + changed;
  return [...items]
    .map(([item, counts]) => ({item, ...counts}))
    .sort((a, b) => changes(b) - changes(a));
}

function of<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
