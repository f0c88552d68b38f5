import assert from "node:assert/strict";
import {type TestContext, test} from "node:test";
import {encodeSs58} from "#crypto";
import {FOREIGN} from "../runtime/test-kit/foreign/index.ts";
import {knownAccount, startForeignNode} from "./test-kit/foreign-node.ts";

const ALICE = encodeSs58(knownAccount("Alice").sr25519, FOREIGN.ss58Prefix);

/** A developer's node of the foreign chain, and how to ask it. */
async function startForeign(t: TestContext, unpublished: readonly string[] = []) {
  const {node} = await startForeignNode({
    authors: ["Alice", "Bob"],
    seal: {kind: "manual"},
    unpublished,
    // The chain's own word on its addresses goes before that of whoever handed the spec on.
    properties: {ss58Format: 30},
  });
  t.after(() => node.stop());
  const {host, port} = node.rpc;
  const ask = async (method: string, ...params: unknown[]) => {
    const response = await fetch(`http://${host}:${port}`, {
      method: "POST",
      headers: {"content-type": "application/json"},
      body: JSON.stringify({jsonrpc: "2.0", id: 1, method, params}),
    });
    const {result, error} = (await response.json()) as {result: unknown; error?: {message: string}};
    if (error !== undefined) throw new Error(error.message);
    // biome-ignore lint/suspicious/noExplicitAny: what comes back is what is looked at
    return result as any;
  };
  const metrics = async () => {
    const {metrics: place} = node;
    const text = await (await fetch(`http://${place!.host}:${place!.port}/metrics`)).text();
    return (name: string) => text.split("\n").find(line => line.startsWith(`${name}{`));
  };
  return {node, ask, metrics};
}

test("a node of a chain that is not ours answers what is asked of session, set, and rewards", async t => {
  const {node, ask, metrics} = await startForeign(t);
  const {nextRotationAt, ...session} = await ask("khala_sessionInfo");
  assert.ok(nextRotationAt > node.time.now());
  assert.deepEqual(session, {
    index: 0,
    period: FOREIGN.period,
    blocksInto: 0,
    progressPpm: 0,
    nextRotationBlock: FOREIGN.period,
    slotDuration: node.slotDuration(),
    authors: [knownAccount("Alice"), knownAccount("Bob")]
      .map(({sr25519}) => sr25519)
      .sort(Buffer.compare)
      .map(who => encodeSs58(who, FOREIGN.ss58Prefix)),
  });
  const next = await ask("dev_nextSession");
  assert.deepEqual([next.number, next.session], [FOREIGN.period, 1]);
  const status = await ask("collator_status");
  assert.equal(status.session.period, FOREIGN.period);
  assert.deepEqual([status.session.index, status.session.blocksInto], [1, 0]);
  const set = await ask("collator_set");
  assert.ok(set.members.some(({account}: {account: string}) => account === ALICE));
  assert.equal(set.kickThreshold, FOREIGN.period);
  const [reward] = await ask("collator_rewards", ALICE);
  assert.deepEqual([reward.amount, reward.potAfter], ["0", null]);
  assert.equal((await ask("collator_slots")).length, FOREIGN.period);
  assert.equal(node.keyReadiness().kind, "active");
  const line = await metrics();
  assert.match(line("khala_session_index")!, / 1$/);
  assert.match(line("khala_session_blocks_left")!, / 10$/);
  // Whoever is invulnerable is never kicked: that is known.
  assert.match(line("khala_kick_blocks_left")!, / -1$/);
});

test("a node of a chain without sessions answers that there are none, and makes its blocks", async t => {
  const {node, ask, metrics} = await startForeign(t, ["Session", "CollatorSelection"]);
  assert.deepEqual(await ask("khala_sessionInfo"), {
    index: null,
    period: null,
    blocksInto: null,
    progressPpm: null,
    nextRotationBlock: null,
    nextRotationAt: null,
    slotDuration: node.slotDuration(),
    authors: null,
  });
  await assert.rejects(ask("dev_nextSession"), /does not publish any sessions/);
  await ask("dev_newBlock");
  assert.equal(node.chain.best().number, 1);
  const status = await ask("collator_status");
  assert.equal(status.verdict.code, "set-unpublished");
  assert.deepEqual(status.authorities, {count: 2, held: 2});
  assert.equal((await ask("collator_set")).members, null);
  assert.equal(node.keyReadiness().kind, "active");
  const line = await metrics();
  for (const name of [
    "khala_session_index",
    "khala_session_blocks_left",
    "khala_kick_blocks_left",
    "khala_kick_pressing",
    "khala_keys_match",
  ]) {
    assert.equal(line(name), undefined, name);
  }
});
