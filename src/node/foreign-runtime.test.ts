import assert from "node:assert/strict";
import {type TestContext, test} from "node:test";
import {millis, silentLogger, unwrap} from "#base";
import {steadyClock, systemClock} from "#core";
import {encodeSs58, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createForeignEngine, FOREIGN, foreignSpec} from "../runtime/test-kit/foreign/index.ts";
import {startNode} from "./node.ts";

const known = (name: string) => WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;
const ALICE = encodeSs58(known("Alice").sr25519, FOREIGN.ss58Prefix);

/** A developer's node of the foreign chain, and how to ask it. */
async function startForeign(t: TestContext, unpublished: readonly string[] = []) {
  const crypto = await createNativeCrypto();
  const accounts = ["Alice", "Bob"].map(name => known(name).sr25519);
  const spec = foreignSpec(
    {
      balances: accounts.map(who => [who, 10n ** 15n] as const),
      invulnerables: accounts,
      sudo: known("Alice").sr25519,
      candidacyBond: 10n ** 12n,
    },
    crypto,
  );
  const node = unwrap(
    await startNode(
      {
        // The chain's own word on its addresses goes before that of whoever handed the spec on.
        spec: {...spec, chainType: "Development", properties: {ss58Format: 30}},
        name: "test",
        version: "0",
        basePath: "",
        throwAway: false,
        inMemory: true,
        collator: true,
        devKeys: ["//Alice", "//Bob"],
        keystorePath: undefined,
        password: undefined,
        seal: {kind: "manual"},
        finality: {kind: "committee", voters: [{id: known("Alice").ed25519, weight: 1}]},
        sync: "full",
        forceAuthoring: false,
        network: {
          listen: [],
          announce: [],
          bootnodes: [],
          reserved: [],
          reservedOnly: false,
          slots: {},
          nodeKey: undefined,
        },
        rpc: {host: "127.0.0.1", port: 0, methods: "unsafe", origins: undefined, limits: {}},
        prometheus: {host: "127.0.0.1", port: 0, isPortAWish: false},
        pool: {},
        signatureWorkers: 1,
        minFreeSpace: 0,
        freeSpaceInterval: millis(1_000),
      },
      {
        clock: steadyClock,
        wallClock: systemClock,
        logger: silentLogger,
        onFatal: report => assert.fail(report.what),
        engines: [createForeignEngine(crypto, {unpublished})],
      },
    ),
  );
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
  assert.deepEqual(await ask("khala_sessionInfo"), {
    index: 0,
    period: null,
    blocksInto: 0,
    progressPpm: null,
    nextRotationBlock: null,
    nextRotationAt: null,
    authors: [known("Alice"), known("Bob")]
      .map(({sr25519}) => sr25519)
      .sort(Buffer.compare)
      .map(who => encodeSs58(who, FOREIGN.ss58Prefix)),
  });
  const next = await ask("dev_nextSession");
  assert.deepEqual([next.number, next.session], [FOREIGN.period, 1]);
  const status = await ask("collator_status");
  assert.equal(status.session.period, null);
  assert.deepEqual([status.session.index, status.session.blocksInto], [1, 0]);
  const set = await ask("collator_set");
  assert.ok(set.members.some(({account}: {account: string}) => account === ALICE));
  assert.equal(set.kickThreshold, null);
  const [reward] = await ask("collator_rewards", ALICE);
  assert.deepEqual([reward.amount, reward.potAfter], ["0", null]);
  assert.equal((await ask("collator_slots")).length, FOREIGN.period);
  assert.equal(node.keyReadiness().kind, "active");
  const line = await metrics();
  assert.match(line("khala_session_index")!, / 1$/);
  assert.equal(line("khala_session_blocks_left"), undefined);
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
