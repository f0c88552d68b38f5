import {call, costsOf} from "khala/testing";
import {khala} from "khala/testing/vitest";
import {expect, test} from "vitest";

/** The live chain's spec with its state, and the runtime that is to be its next one. */
const SPEC = process.env.CHAIN_SPEC ?? "chain-spec.json";
const NEXT =
  process.env.NEXT_RUNTIME ?? "target/release/wbuild/my-runtime/my_runtime.compact.compressed.wasm";
/** Milliseconds; a session has as many blocks as on the live chain. */
const LONG = 120_000;

const it = khala(test, {chain: SPEC, accounts: ["zoe"]});
const costs = costsOf(import.meta.url);
const pay = call("Balances.transfer_keep_alive", {dest: "bob", value: 1_000_000_000_000n});

it("what there was before the upgrade reads on after it", {timeout: LONG}, async ({chain}) => {
  (await chain.submit("zoe", pay)).expectSuccess();
  const before = chain.at();

  // By the calls by which the live chain takes it, to the end of its migrations. It fails where anything does not read any more.
  const upgrade = await chain.upgrade(NEXT);

  expect(upgrade.to).not.toBe(upgrade.from);
  expect(upgrade.leftBehind).toEqual([]);
  const after = chain.at();
  for (const who of ["zoe", "bob"]) {
    expect(after.storage("System.Account", who)).toEqual(before.storage("System.Account", who));
  }
  expect(after.issuance().total).toBe(before.issuance().total);
  expect(after.call("AuraApi.authorities")).toEqual(before.call("AuraApi.authorities"));
});

it("what people do costs what it is known to cost", {timeout: LONG}, async ({chain}) => {
  await chain.upgrade(NEXT);
  const paid = await chain.submit("zoe", pay);
  const batch = await chain.submit("zoe", call("Utility.batch_all", {calls: [pay, pay]}));
  batch.expectSuccess();
  batch.expectEvent("Balances.Transfer", {from: "zoe", to: "bob"});
  costs.expect({"a payment": paid, "two payments at once": batch});
});

it("the session goes on to its end, and the next one begins", {timeout: LONG}, async ({chain}) => {
  await chain.upgrade(NEXT);
  const {session} = chain.at();
  const next = await chain.nextSession();
  expect(next.session).toBe(session + 1);
  expect(next.validators()).toEqual(["alice"]);
});
