import assert from "node:assert/strict";
import {beforeEach, test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {encodingOf, type StoredPart, storedParts} from "#trie";
import type {BlockRecord} from "./block-record.ts";
import {hash} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {blockOn, copyOf, type SoundChain, soundChain} from "./check/damaged-chain-for-tests.ts";
import {CheckedRows} from "./checked-rows.ts";
import {keys} from "./keys.ts";
import type {Lost} from "./lost.ts";
import type {MemoryStore} from "./memory-store.ts";

let whole: SoundChain;
let disk: MemoryStore;
let chain: ChainStore;

beforeEach(async () => {
  whole = await soundChain(20);
  disk = await copyOf(whole.rows);
  chain = ChainStore.over(new CheckedRows(disk), hash);
});

const recordAt = (number: number): BlockRecord =>
  whole.whole.blocks.record(whole.whole.blocks.canonical(number)!)!;

function partsOf({stateRoot: root, statePlace: place}: BlockRecord): StoredPart[] {
  const entries = new Map(whole.rows);
  const source = {
    node: (at: number) => entries.get(keys.node(at)),
    value: (_: unknown, __: unknown, at: number) => entries.get(keys.value(at)),
  };
  return [...storedParts(source, hash, {place, root}, () => false)];
}

/** Parts that are stored once: where another place beside it has the same, it is not sure which of the two is damaged. */
function storedOnce(parts: readonly StoredPart[]): StoredPart[] {
  const times = new Map<string, number>();
  for (const [key, row] of whole.rows) {
    if (!"sw".includes(key[0]!)) continue;
    const hashed = bytesToHex(hash(key[0] === "s" ? encodingOf(row) : row));
    times.set(hashed, (times.get(hashed) ?? 0) + 1);
  }
  return parts.filter(part => times.get(bytesToHex(part.hash)) === 1);
}

const keyOf = ({kind, place}: StoredPart) =>
  kind === "node" ? keys.node(place) : keys.value(place);

async function spoil(part: StoredPart): Promise<void> {
  const row = disk.get(keyOf(part))!;
  row[row.length - 1]! ^= 1;
  await disk.write([[keyOf(part), row]]);
}

/** Goes round, and has each part that is lost asked of the node that has all; gives what was found. */
async function mendRound(isMended = true): Promise<Extract<Lost, {kind: "part"}>[]> {
  const scrub = chain.scrub();
  const lost: Extract<Lost, {kind: "part"}>[] = [];
  for (;;) {
    const step = scrub.step(3);
    for (const damage of step.damages) {
      assert.ok(damage.lost?.kind === "part");
      lost.push(damage.lost);
      const {block, key, childKey} = damage.lost;
      const proof = (await whole.source.proof(block, key, childKey))!;
      if (isMended) assert.ok(await scrub.mendPart(damage.lost, proof), damage.words);
    }
    if (step.isRoundOver) return lost;
  }
}

const assertSound = () => {
  for (const [key, row] of whole.rows) assert.deepEqual(disk.get(key), row);
};

test("parts of child tries of the newest state are looked at, and put back by a proof", async () => {
  const final = recordAt(chain.finalized.number);
  const children = storedOnce(partsOf(final)).filter(({childKey}) => childKey !== undefined);
  const top = children.find(({nibbles}) => nibbles === 0)!;
  const leaves = children.filter(({place}) => !children.some(({parent}) => parent === place));
  for (const part of [leaves[0]!, leaves.at(-1)!]) await spoil(part);
  const lost = await mendRound();
  assert.deepEqual(
    lost.map(one => one.of),
    ["children", "children"],
  );
  await spoil(top);
  assert.equal((await mendRound()).length, 1);
  assertSound();
});

test("what an earlier state added is looked at, and put back by a proof of that state", async () => {
  const newest = new Set(partsOf(recordAt(chain.finalized.number)).map(({place}) => place));
  const earlier = recordAt(9);
  const gone = storedOnce(partsOf(earlier)).filter(({place}) => !newest.has(place));
  assert.ok(gone.length > 3);
  const since = recordAt(8).statePlace;
  const [own] = gone.filter(({place}) => place > since);
  for (const part of gone) await spoil(part);
  for (let rounds = 0; (await mendRound()).length > 0; rounds++) assert.ok(rounds < 20);
  assert.ok(own !== undefined);
  assertSound();
});

test("a damage that both have is told once a round", async () => {
  const leaf = partsOf(recordAt(chain.finalized.number)).findLast(
    ({kind, childKey}) => kind === "node" && childKey === undefined,
  )!;
  await spoil(leaf);
  assert.equal((await mendRound(false)).length, 1);
});

test("what was pruned while it was looked at is no damage", async () => {
  const scrub = chain.scrub();
  for (let height = 0; height < 3; ) {
    const {damages, isRoundOver} = scrub.step(1);
    assert.deepEqual(damages, []);
    assert.ok(!isRoundOver, "it is within the earlier states");
    // By then the walk is within the lowest states.
    height = scrub.height;
  }
  chain.pruning.setPolicy({...chain.pruning.policy, states: {kind: "window", blocks: 2}});
  for (let i = 0; i < 8; i++) {
    unwrap(chain.commit(blockOn(chain.best, chain.stateAt(chain.best.hash)!), {best: true}));
    unwrap(chain.finalize(chain.best.hash));
  }
  while (chain.pruning.step(64)) await chain.flushed();
  for (;;) {
    const {damages, isRoundOver} = scrub.step(5);
    assert.deepEqual(damages, []);
    if (isRoundOver) return;
  }
});
