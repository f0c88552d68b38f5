import {type BinaryString, bytesToBinary, unwrap} from "#base";
import {Overlay, type StateView} from "#state";
import {childNameOf} from "../../state/child-roots.ts";
import {childBlock, genesisBlock, hash, spreadKey, u32} from "../chain-for-tests.ts";
import {ChainStore} from "../chain-store.ts";
import {CheckedRows} from "../checked-rows.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {MemoryStore} from "../memory-store.ts";
import type {NewBlock} from "../new-block.ts";
import {type CheckedDatabase, checkDatabase} from "./check-database.ts";
import {repairDatabase} from "./repair-database.ts";
import type {RepairSource} from "./repair-source.ts";

export type Rows = [BinaryString, Uint8Array][];

/** A chain in memory, its rows as they are on disk, and somebody else who has it. */
export interface SoundChain {
  readonly rows: Rows;
  readonly whole: ChainStore;
  readonly source: RepairSource;
}

/** Forks, proofs, values beside their nodes, child tries, and a value of the node's own. */
export async function soundChain(blocks: number): Promise<SoundChain> {
  const store = new MemoryStore();
  const rows = new CheckedRows(store);
  await ChainStore.begin(rows, genesisBlock(), hash);
  const whole = ChainStore.over(rows, hash);
  for (let i = 1; i <= blocks; i++) {
    const parent = whole.best;
    for (const fork of i % 6 === 0 ? [1, 0] : [0]) {
      const block = blockOn(parent, whole.stateAt(parent.hash)!, fork);
      unwrap(whole.commit(block, {best: fork === 0}));
    }
    if (i % 3 === 0) unwrap(whole.finalize(parent.hash, u32(i)));
  }
  whole.setValue("grandpa-votes", u32(1));
  await whole.flushed();
  return {rows: [...store.range({from: ""})], whole, source: sourceOf(whole)};
}

export function blockOn(
  parent: {hash: Uint8Array; number: number},
  state: StateView,
  fork = 0,
): NewBlock {
  const block = childBlock(parent, state, fork);
  const overlay = new Overlay(block.state);
  overlay.set(spreadKey(block.number), new Uint8Array(100).fill(block.number));
  overlay.child("child").set(spreadKey(block.number), new Uint8Array(100).fill(block.number));
  const after = overlay.outcome(1).state;
  const header = Uint8Array.of(...u32(block.number), ...after.root(), fork);
  return {...block, hash: hash(header), header, state: after};
}

/** A node that has the chain whole. */
export const sourceOf = (whole: ChainStore): RepairSource => ({
  async block(block) {
    const record = whole.blocks.record(block);
    return record && {...record, body: whole.blocks.body(block)!};
  },
  async proof(block, key, childKey) {
    const state = whole.stateAt(block);
    const name = childKey === undefined ? undefined : childNameOf(childKey)!;
    return name === undefined ? state?.prove([key]) : state?.prove([], [[name, [key]]]);
  },
});

export async function copyOf(
  entries: Iterable<readonly [BinaryString, Uint8Array]>,
): Promise<MemoryStore> {
  const store = new MemoryStore();
  await store.write([...entries]);
  return store;
}

export function check(store: KeyValueStore, genesis?: Uint8Array): CheckedDatabase {
  const checking = checkDatabase(store, hash, genesis);
  for (;;) {
    const next = checking.next();
    if (next.done) return next.value;
  }
}

/** Until nothing more is mended. */
export async function repaired(
  store: KeyValueStore,
  from: RepairSource | undefined,
  genesis?: Uint8Array,
): Promise<CheckedDatabase> {
  for (;;) {
    const found = check(store, genesis);
    if (found.damages.length === 0) return found;
    const {mended} = await repairDatabase(store, hash, found, from);
    if (mended.length === 0) return found;
  }
}

export const nameOf = (block: Uint8Array | undefined): BinaryString =>
  bytesToBinary(block ?? new Uint8Array(0));
