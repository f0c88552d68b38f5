import assert from "node:assert/strict";
import {test} from "node:test";
import {call, startChain} from "#testing";
import {rpc} from "../../support/rpc.ts";

interface SetJson {
  readonly kicked: readonly {
    readonly account: string;
    readonly block: number;
    readonly at: number;
    readonly bond: string;
    readonly silentFor: number;
    readonly threshold: number;
  }[];
}

interface StatusJson {
  readonly verdict: {
    readonly code: string;
    readonly sentence: string;
    readonly todo: string | null;
  };
  readonly since: {readonly at: number; readonly isAtLeast: boolean};
}

/** Session keys that nobody holds. */
const NOBODYS = {aura: `0x${"5a".repeat(32)}`, grandpa: `0x${"a5".repeat(32)}`};

test("a candidate that is kicked reads when, why and what to do, and so after it has stopped authoring", async t => {
  const chain = await startChain({
    seal: "manual",
    accounts: ["zoe"],
    parameters: {session: 10, kick: 10},
  });
  t.after(() => chain.stop());
  const status = () => rpc<StatusJson>(chain.url, "collator_status", []);
  await rpc(chain.url, "collator_watch", [chain.addressOf("zoe")]);
  assert.equal((await status()).verdict.code, "not-registered");
  await chain.submit("zoe", call("Session.set_keys", {keys: NOBODYS, proof: "0x"}));
  await chain.submit("zoe", call("CollatorSelection.register_as_candidate"));
  let kickedAt = 0;
  while (kickedAt === 0) {
    const {number} = await chain.nextSession();
    assert.ok(number <= 60, "kicked within six sessions");
    if (chain.at(number).kicks().includes("zoe")) kickedAt = number;
  }
  const words = `Kicked at block ${kickedAt}: silent for `;
  const told = await rpc<SetJson>(chain.url, "collator_set", []);
  assert.deepEqual(
    told.kicked.map(({account, block, threshold}) => [account, block, threshold]),
    [[chain.addressOf("zoe"), kickedAt, 10]],
  );
  const [kick] = told.kicked;
  assert.ok(BigInt(kick!.bond) > 0n, "the bond that came back");
  assert.ok(kick!.silentFor >= 10);
  // Of now and of three sessions later: it was then, and not when somebody first asked.
  const {at, isAtLeast} = (await status()).since;
  assert.deepEqual([at, isAtLeast], [kick!.at, false]);
  for (let sessions = 0; sessions < 4; sessions++) {
    const {code, sentence, todo} = (await status()).verdict;
    assert.equal(code, "kicked");
    assert.ok(sentence.startsWith(words), sentence);
    assert.match(sentence, /, and 10 lead to that\. The bond was given back\./);
    assert.match(todo!, /khala collator join/);
    assert.equal((await status()).since.at, kick!.at);
    await chain.nextSession();
  }
  // Who stands again is no longer told of it, nor after leaving by himself.
  await chain.submit("zoe", call("CollatorSelection.register_as_candidate"));
  assert.notEqual((await status()).verdict.code, "kicked");
  await chain.nextSession();
  assert.deepEqual(chain.at().candidates(), ["zoe"]);
  await chain.submit("zoe", call("CollatorSelection.leave_intent"));
  await chain.nextSession();
  assert.notEqual((await status()).verdict.code, "kicked");
});
