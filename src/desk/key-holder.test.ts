import assert from "node:assert/strict";
import {test} from "node:test";
import {coreForTests} from "../core/test-kit/core-for-tests.ts";
import type {MemberFacts} from "./facts/index.ts";
import {KeyHolder} from "./key-holder.ts";
import {deskForTests} from "./test-kit/desk-for-tests.ts";

test("whose keys were here is not forgotten when the chain expects others, nor over a restart", async () => {
  const kit = await coreForTests(["Alice"]);
  const {facts} = deskForTests(kit);
  const set = facts.set(kit.core.chain.best().hash)!;
  const holder = new KeyHolder(kit.keystore, kit.store);
  const mine = set.members.find(member => holder.holdsAny(member))!;
  const strange = new Uint8Array(32).fill(7);
  const without = (members: readonly MemberFacts[]) => ({
    ...set,
    members: members.map(member => ({
      ...member,
      auraKey: strange,
      queuedKeys: undefined,
      nextKeys: undefined,
    })),
  });
  const others = without(set.members);
  assert.equal(holder.accountIn(others), undefined, "nobody's before any key was known");
  assert.deepEqual(holder.accountIn(set), mine.account);
  assert.deepEqual(holder.accountIn(others), mine.account);
  assert.ok(
    holder.isOurs(strange, () => without([mine])),
    "its slots are still this node's to miss",
  );
  assert.deepEqual(new KeyHolder(kit.keystore, kit.store).accountIn(others), mine.account);
  // Who is told for whom it collates goes by that alone.
  const bob = set.members.find(member => member !== mine)!.account;
  holder.watch(bob);
  assert.deepEqual(holder.accountIn(set), bob);
  holder.watch(undefined);
  assert.deepEqual(holder.accountIn(set), mine.account);
});
