import assert from "node:assert/strict";
import {test} from "node:test";
import {type Authority, AuthoritySet, type BlockRef} from "./index.ts";
import {headerOn, logItem, TestChain} from "./test-kit/chain.ts";
import {key} from "./test-kit/crypto.ts";

const voters = (...numbers: number[]): Authority[] => numbers.map(n => ({id: key(n), weight: 1}));
const scheduled = (delay: number, ...next: number[]) =>
  logItem({type: "ScheduledChange", value: [{nextAuthorities: voters(...next), delay}]});
const forced = (median: number, delay: number, ...next: number[]) =>
  logItem({type: "ForcedChange", value: [median, {nextAuthorities: voters(...next), delay}]});

function setting() {
  const chain = new TestChain();
  const sets = AuthoritySet.genesis(voters(1, 2, 3), chain.finalized)!;
  const add = (parent: BlockRef, ...digest: ReturnType<typeof logItem>[]) => {
    const block = chain.extend(parent, chain.headers.size, digest);
    const result = sets.blockImported(block, chain.header(block.hash)!, chain);
    return {block, result};
  };
  const grow = (parent: BlockRef, count: number) => {
    let at = parent;
    for (let i = 0; i < count; i++) at = add(at).block;
    return at;
  };
  const names = () => sets.authorities.map(({id}) => id[1]);
  return {chain, sets, add, grow, names, genesis: chain.finalized};
}

test("a scheduled change is made when its enacting block is finalized, not before", () => {
  const {chain, sets, add, grow, names, genesis} = setting();
  const {block: announcing, result} = add(genesis, scheduled(2, 4, 5));
  assert.deepEqual(result, {ok: true, value: {changed: true, setChanged: false}});
  const enacting = grow(announcing, 2);
  const head = grow(enacting, 3);
  assert.equal(sets.limitFor(head, chain), 3);
  assert.deepEqual(sets.enactingBlock(head, chain), enacting);
  assert.equal(sets.blockFinalized(announcing, chain).setChanged, false);
  assert.deepEqual(names(), [1, 2, 3]);
  assert.deepEqual(sets.blockFinalized(enacting, chain), {changed: true, setChanged: true});
  assert.deepEqual([sets.setId, ...names()], [1, 4, 5]);
  assert.equal(sets.limitFor(head, chain), undefined);
  assert.deepEqual(sets.changes, [{setId: 0, last: enacting, forced: false, enactedAt: enacting}]);
  assert.deepEqual(
    [0, 3, 4, 99].map(number => sets.setIdAt(number)),
    [0, 0, 1, 1],
  );
});

test("forks announce their own changes, and those beside the finalized chain are forgotten", () => {
  const {chain, sets, add, names, genesis} = setting();
  const left = add(genesis, scheduled(0, 4)).block;
  const right = add(genesis, scheduled(1, 5)).block;
  const top = add(right).block;
  assert.equal(sets.limitFor(left, chain), 1);
  assert.equal(sets.limitFor(top, chain), 2);
  assert.equal(sets.limitFor(genesis, chain), undefined);
  assert.deepEqual(sets.blockFinalized(right, chain), {changed: true, setChanged: false});
  sets.blockFinalized(top, chain);
  assert.deepEqual([sets.setId, ...names()], [1, 5]);
});

test("the nearer of two changes on one chain is the limit, and is made first", () => {
  const {chain, sets, add, grow, names, genesis} = setting();
  const first = add(genesis, scheduled(5, 4)).block;
  const second = add(first, scheduled(1, 5)).block;
  assert.equal(sets.limitFor(first, chain), 6);
  assert.equal(sets.limitFor(second, chain), 3);
  sets.blockFinalized(grow(second, 1), chain);
  assert.deepEqual(names(), [5]);
});

test("a justification is required where a scheduled change is made", () => {
  const {chain, sets, add, grow, genesis} = setting();
  const at = (parent: BlockRef, ...digest: ReturnType<typeof logItem>[]) =>
    sets.justificationRequired(headerOn(parent, 99, digest), chain);
  assert.equal(at(genesis, scheduled(0, 4)), true, "announced and made at once");
  assert.equal(at(genesis, scheduled(2, 4)), false);
  const announcing = add(genesis, scheduled(2, 4)).block;
  assert.equal(at(announcing), false);
  assert.equal(at(grow(announcing, 1)), true);
  assert.equal(at(grow(genesis, 2)), false, "on another fork");
});

test("a forced change is made on import, without finality, and drops what was pending", () => {
  const {chain, sets, add, grow, names, genesis} = setting();
  const before = add(genesis, scheduled(9, 8)).block;
  const announcing = add(before, forced(0, 2, 4, 5)).block;
  const middle = grow(announcing, 1);
  assert.deepEqual(sets.forcedChangeAhead(middle, chain)?.announced, announcing);
  assert.equal(sets.forcedChangeAhead(before, chain), undefined, "not on that chain");
  assert.deepEqual(names(), [1, 2, 3]);
  const {block, result} = add(middle);
  assert.deepEqual(result, {ok: true, value: {changed: true, setChanged: true}});
  assert.deepEqual([sets.setId, ...names()], [1, 4, 5]);
  assert.equal(sets.limitFor(block, chain), undefined);
  assert.deepEqual(sets.changes, [{setId: 0, last: genesis, forced: true, enactedAt: block}]);
});

test("a forced change waits for a scheduled one that most voters have made, and then counts after it", () => {
  const {chain, sets, add, grow, names, genesis} = setting();
  const ending = add(genesis, scheduled(1, 8)).block;
  const enacting = grow(ending, 1);
  const announcing = add(grow(enacting, 1), forced(2, 1, 4, 5)).block;
  const {block, result} = add(announcing);
  assert.deepEqual(result, {ok: true, value: {changed: false, setChanged: false}});
  assert.deepEqual([sets.setId, ...names()], [0, 1, 2, 3]);
  assert.deepEqual(sets.overdue, block);
  const restored = AuthoritySet.restore(sets.encode());
  assert.ok(restored.ok);
  restored.value.blockImported(block, chain.header(block.hash)!, chain);
  for (const each of [sets, restored.value]) {
    assert.deepEqual(each.blockFinalized(enacting, chain), {changed: true, setChanged: true});
    assert.equal(each.setId, 2);
    assert.equal(each.overdue, undefined);
    assert.deepEqual(each.changes, [
      {setId: 0, last: enacting, forced: false, enactedAt: enacting},
      {setId: 1, last: enacting, forced: true, enactedAt: block},
    ]);
  }
  assert.deepEqual(names(), [4, 5]);
});

test("a scheduled change above what most voters had finalized is dropped by the forced one", () => {
  const {sets, add, grow, names, genesis} = setting();
  const ending = add(genesis, scheduled(1, 8)).block;
  const announcing = add(grow(ending, 2), forced(1, 1, 4, 5)).block;
  add(announcing);
  assert.deepEqual([sets.setId, ...names()], [1, 4, 5]);
});

test("a forced change without delay is made by its own block, a second on its chain is refused", () => {
  const {sets, add, genesis} = setting();
  const announcing = add(genesis, forced(0, 3, 4)).block;
  const again = add(announcing, forced(0, 3, 5)).result;
  assert.equal(again.ok ? "" : again.error.code, "forced-change-pending");
  add(genesis, forced(0, 0, 6));
  assert.equal(sets.setId, 1);
});

test("an announcement of nobody is refused, and telling of a block twice changes nothing", () => {
  const {chain, sets, add, genesis} = setting();
  const nobody = add(genesis, scheduled(0)).result;
  assert.equal(nobody.ok ? "" : nobody.error.code, "no-voters");
  const {block} = add(genesis, scheduled(1, 4));
  const again = sets.blockImported(block, chain.header(block.hash)!, chain);
  assert.deepEqual(again, {ok: true, value: {changed: false, setChanged: false}});
});

test("after a restart all is as it was, and blocks told of again do not force or schedule anew", () => {
  const {chain, sets, add, genesis} = setting();
  const announcing = add(genesis, scheduled(4, 8), forced(0, 1, 4)).block;
  const head = add(announcing).block;
  const later = add(head, scheduled(7, 9)).block;
  const restored = AuthoritySet.restore(sets.encode());
  assert.ok(restored.ok);
  for (const block of [announcing, head, later]) {
    const told = restored.value.blockImported(block, chain.header(block.hash)!, chain);
    assert.deepEqual(told, {ok: true, value: {changed: false, setChanged: false}});
  }
  assert.deepEqual(restored.value.encode(), sets.encode());
  assert.equal(restored.value.limitFor(later, chain), 10);
  assert.equal(AuthoritySet.restore(new Uint8Array(3)).ok, false);
});

test("put back, the sets know what was pending then, and not across a change of voters", () => {
  const {chain, sets, add, grow, names, genesis} = setting();
  const announcing = add(genesis, scheduled(3, 4, 5)).block;
  const aside = add(genesis, scheduled(9, 6)).block;
  const middle = grow(announcing, 1);
  const enacting = grow(middle, 2);
  sets.blockFinalized(middle, chain);
  const back = sets.before(announcing, chain)!;
  assert.deepEqual(back.finalized, announcing);
  assert.equal(back.limitFor(middle, chain), 4);
  assert.equal(sets.before(genesis, chain)!.limitFor(aside, chain), undefined);
  back.blockFinalized(enacting, chain);
  assert.deepEqual([sets.setId, back.setId], [0, 1], "the one it came from stays as it is");
  sets.blockFinalized(enacting, chain);
  assert.deepEqual(names(), [4, 5]);
  assert.equal(sets.before(middle, chain), undefined);
  assert.equal(sets.before(grow(enacting, 1), chain)?.setId, 1);
});
