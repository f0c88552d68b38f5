import assert from "node:assert/strict";
import {beforeEach, test} from "node:test";
import {unwrap} from "#base";
import {storedParts} from "#trie";
import {childBlock, genesisBlock, hash, spreadKey, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {CheckedRows} from "./checked-rows.ts";
import {keys} from "./keys.ts";
import {MemoryStore} from "./memory-store.ts";

let below: MemoryStore;
let chain: ChainStore;

beforeEach(async () => {
  below = new MemoryStore();
  const rows = new CheckedRows(below);
  await ChainStore.begin(rows, genesisBlock(), hash);
  chain = ChainStore.over(rows, hash);
  for (let i = 1; i <= 20; i++) {
    unwrap(chain.commit(childBlock(chain.best, chain.stateAt(chain.best.hash)!), {best: true}));
    if (i % 5 === 0) unwrap(chain.finalize(chain.best.hash, u32(i)));
  }
  await chain.flushed();
});

/** What a whole round finds, and in how many steps. */
function round(most: number): {damages: string[]; steps: number} {
  const scrub = chain.scrub();
  const damages: string[] = [];
  for (let steps = 1; ; steps++) {
    const step = scrub.step(most);
    damages.push(...step.damages);
    if (step.isRoundOver) return {damages, steps};
  }
}

async function spoil(key: string): Promise<void> {
  const row = below.get(key)!;
  row[row.length - 1]! ^= 1;
  await below.write([[key, row]]);
}

test("where all is sound nothing is told, and a step looks at no more than it may", () => {
  const {damages, steps} = round(10);
  assert.deepEqual(damages, []);
  const entries = [...chain.stateAt(chain.finalized.hash)!.entries()].length;
  const rows = [...below.range({from: "", to: "o"})].length;
  assert.ok(steps >= (entries + rows) / 10 - 1, `${steps} steps`);
});

test("damaged rows are named, and each round again", async () => {
  const body = keys.body(chain.blocks.canonical(7)!);
  await spoil(body);
  await spoil(keys.height(3));
  const scrub = chain.scrub();
  for (let i = 0; i < 2; i++) {
    const damages: string[] = [];
    for (;;) {
      const step = scrub.step(7);
      damages.push(...step.damages);
      if (step.isRoundOver) break;
    }
    assert.equal(damages.length, 2);
    assert.match(damages[0]!, /^the body of block 0x/);
    assert.match(damages[1]!, /^the blocks at height 3 /);
  }
});

test("a damaged node of the newest final state is named, whatever of it is in memory, and what is not below it is looked at", async () => {
  const {stateRoot: root, statePlace: place} = chain.blocks.record(chain.finalized.hash)!;
  chain.stateAt(chain.finalized.hash)!.get(spreadKey(3));
  const source = {
    node: (at: number) => below.get(keys.node(at)),
    value: () => undefined,
  };
  const nodes = [...storedParts(source, hash, {place, root}, () => false)].filter(
    ({kind, childKey}) => kind === "node" && childKey === undefined,
  );
  const [one, another] = nodes.filter(({nibbles}) => nibbles === 1);
  await spoil(keys.node(one!.place));
  await spoil(keys.node(another!.place));
  const {damages} = round(5);
  assert.equal(damages.length, 2);
  for (const damage of damages) {
    assert.match(
      damage,
      new RegExp(`^of the state of block ${chain.finalized.number}: node-damaged`),
    );
  }
});
