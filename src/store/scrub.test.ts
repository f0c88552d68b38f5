import assert from "node:assert/strict";
import {beforeEach, test} from "node:test";
import {unwrap} from "#base";
import {encodingOf, placesIn, recordOfNode, storedParts} from "#trie";
import {childBlock, genesisBlock, hash, spreadKey, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {CheckedRows} from "./checked-rows.ts";
import {keys} from "./keys.ts";
import {MemoryStore} from "./memory-store.ts";
import {mendedPart} from "./mend-part.ts";

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
    damages.push(...step.damages.map(({words}) => words));
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
      damages.push(...step.damages.map(({words}) => words));
      if (step.isRoundOver) break;
    }
    assert.equal(damages.length, 2);
    assert.match(damages[0]!, /^the body of block 0x/);
    assert.match(damages[1]!, /^the blocks at height 3 /);
  }
});

test("what stands behind a damaged leaf is looked at in the same round", async () => {
  const {parts} = newestState();
  const leaves = parts.filter(({place}) => !parts.some(({parent}) => parent === place));
  for (const {place} of leaves) await spoil(keys.node(place));
  const {damages} = round(7);
  assert.equal(damages.length, leaves.length);
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
    assert.match(damage, /^node 0x\w+ at 0x.0, place \d+, of the newest final states does not fit/);
  }
});

/** All parts of the newest final state's top trie, and the proof that another one with the same state gives for a key. */
function newestState() {
  const record = chain.blocks.record(chain.finalized.hash)!;
  const {stateRoot: root, statePlace: place} = record;
  const source = {node: (at: number) => below.get(keys.node(at)), value: () => undefined};
  const parts = [...storedParts(source, hash, {place, root}, () => false)].filter(
    ({kind, childKey}) => kind === "node" && childKey === undefined,
  );
  const state = chain.stateAt(chain.finalized.hash)!;
  const all = [...state.keys("")];
  return {root, place, parts, prove: () => state.prove(all)};
}

/** Goes round once, and has what is lost mended by a proof. Gives how often that worked and did not. */
async function mendRound(proof: readonly Uint8Array[]) {
  const scrub = chain.scrub();
  const done = {mended: 0, left: 0};
  for (;;) {
    const {damages, isRoundOver} = scrub.step(5);
    for (const {lost} of damages) {
      const isMended = lost?.kind === "part" && (await scrub.mendPart(lost, proof));
      done[isMended ? "mended" : "left"]++;
    }
    if (isRoundOver) return done;
  }
}

test("damaged nodes, one on the way to another, are put back where they were by a proof", async () => {
  const {parts, prove} = newestState();
  const proof = prove();
  const before = new Map([...below.range({from: ""})].map(([key, row]) => [key, row.slice()]));
  const branches = parts.filter(({path, nibbles}) => nibbles === 1 || (nibbles > 1 && path !== ""));
  assert.ok(branches.length > 4);
  for (const {place} of [parts[0]!, ...branches.slice(0, 6)]) await spoil(keys.node(place));
  // The newest state is left at the top where that cannot be read; what is below it some earlier state added.
  assert.deepEqual(await mendRound(proof), {mended: 7, left: 0});
  for (let rounds = 0; round(50).damages.length > 0 && rounds < 5; rounds++) {
    assert.equal((await mendRound(proof)).left, 0);
  }
  assert.deepEqual(round(50).damages, []);
  for (const [key, row] of below.range({from: ""})) assert.deepEqual(row, before.get(key), key);
});

test("what somebody came upon is found without a round, and put back", async () => {
  const {parts, prove} = newestState();
  const proof = prove();
  const leaf = parts.findLast(({place}) => !parts.some(({parent}) => parent === place))!;
  const scrub = chain.scrub();
  assert.equal(scrub.damageAt(leaf.path), undefined);
  await spoil(keys.node(leaf.place));
  const {lost} = scrub.damageAt(leaf.path)!;
  assert.ok(lost?.kind === "part" && (await scrub.mendPart(lost, proof)));
  assert.equal(scrub.damageAt(leaf.path), undefined);
});

test("a lost leaf is put back; a lost branch is left to a check of all, since nothing says where what is below it is", async () => {
  const {parts, prove} = newestState();
  const proof = prove();
  const isBranch = (place: number) => parts.some(({parent}) => parent === place);
  const leaf = parts.find(({place}) => !isBranch(place))!;
  const row = below.get(keys.node(leaf.place))!.slice();
  await below.write([[keys.node(leaf.place), undefined]]);
  assert.deepEqual(await mendRound(proof), {mended: 1, left: 0});
  assert.deepEqual(below.get(keys.node(leaf.place)), row);
  await below.write([[keys.node(parts[0]!.place), undefined]]);
  assert.equal((await mendRound(proof)).mended, 0);
  assert.equal(below.get(keys.node(parts[0]!.place)), undefined);
});

test("where a damaged place leads to another node, that one stays as it is", async () => {
  const {parts, prove} = newestState();
  const proof = prove();
  const isBranch = (place: number) => parts.some(({parent}) => parent === place);
  const [one, other] = parts.filter(({place}) => !isBranch(place));
  const parent = below.get(keys.node(one!.parent))!;
  const places = placesIn(parent);
  places[places.indexOf(one!.place)] = other!.place;
  await below.write([[keys.node(one!.parent), recordOfNode(encodingOf(parent), places)]]);
  const before = below.get(keys.node(other!.place))!.slice();
  const {mended} = await mendRound(proof);
  assert.equal(mended, 0);
  assert.deepEqual(below.get(keys.node(other!.place)), before);
});

test("the same place is not mended for ever", async () => {
  const {parts, prove} = newestState();
  const proof = prove();
  const leaf = parts.findLast(({place}) => !parts.some(({parent}) => parent === place))!;
  const scrub = chain.scrub();
  const outcomes: boolean[] = [];
  for (let i = 0; i < 3; i++) {
    await spoil(keys.node(leaf.place));
    const {lost} = scrub.damageAt(leaf.path)!;
    outcomes.push(lost?.kind === "part" && (await scrub.mendPart(lost, proof)));
  }
  assert.deepEqual(outcomes, [true, true, false]);
});

test("what stands at a place that was never given is not written there", () => {
  const {parts} = newestState();
  const leaf = parts.findLast(({place}) => !parts.some(({parent}) => parent === place))!;
  const bytes = encodingOf(below.get(keys.node(leaf.place))!);
  const empty = {get: () => undefined};
  assert.ok(mendedPart(empty, hash, leaf, bytes, leaf.place) !== undefined);
  assert.equal(mendedPart(empty, hash, leaf, bytes, leaf.place - 1), undefined);
});

test("where a place beside it has what is looked for, the place is what is damaged, and nothing is written", () => {
  const {parts} = newestState();
  const leaf = parts.findLast(({place}) => !parts.some(({parent}) => parent === place))!;
  const row = below.get(keys.node(leaf.place))!;
  const beside = {get: (key: string) => (key === keys.node(leaf.place ^ 4) ? row : undefined)};
  assert.equal(mendedPart(beside, hash, leaf, encodingOf(row), 10_000), undefined);
});

test("a body that was pruned meanwhile does not come back", async () => {
  const block = chain.blocks.canonical(7)!;
  const body = chain.blocks.body(block)!.map(bytes => bytes.slice());
  await below.write([[keys.body(block), undefined]]);
  assert.equal(await chain.scrub().rows!.body(block, body), false);
  assert.equal(below.get(keys.body(block)), undefined);
});

test("a proof of another state mends nothing", async () => {
  const {parts} = newestState();
  const other = chain.stateAt(chain.genesis.hash)!;
  const forged = other.prove([...other.keys("")]);
  const top = keys.node(parts[0]!.place);
  await spoil(top);
  const spoilt = below.get(top)!.slice();
  assert.equal((await mendRound(forged)).mended, 0);
  assert.deepEqual(below.get(top), spoilt);
});

test("a damaged body is named by its block, and put back", async () => {
  const block = chain.blocks.canonical(7)!;
  const body = chain.blocks.body(block)!.map(bytes => bytes.slice());
  await spoil(keys.body(block));
  const scrub = chain.scrub();
  const {damages} = scrub.step(1_000);
  assert.deepEqual(damages[0]!.lost, {kind: "body", block});
  assert.ok(await scrub.rows!.body(block, body));
  assert.deepEqual(chain.blocks.body(block), body);
  assert.deepEqual(round(50).damages, []);
});
