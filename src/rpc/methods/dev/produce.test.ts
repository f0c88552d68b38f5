import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {encodeSs58} from "#crypto";
import {ALICE} from "../../test-kit/test-node.ts";
import {startTestServer} from "../../test-kit/test-server.ts";

test("blocks are made on demand, by Substrate's method and by chopsticks'", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  assert.equal((await client.fail("engine_createBlock", false, false)).code, 12_000);
  const made = await client.call<{hash: string; aux: unknown}>(
    "engine_createBlock",
    true,
    true,
    null,
  );
  assert.equal(made.hash, bytesToHex(chain.best().hash));
  assert.deepEqual(made.aux, {
    header_only: false,
    clear_justification_requests: false,
    needs_justification: false,
    bad_justification: false,
    is_new_best: true,
  });
  assert.equal(await client.call("dev_newBlock"), bytesToHex(chain.best().hash));
  assert.equal(await client.call("dev_newBlock", {count: 3}), bytesToHex(chain.best().hash));
  assert.equal(chain.best().number, 5);
  assert.equal(await client.call("dev_newBlock", {to: 7}), bytesToHex(chain.best().hash));
  assert.equal(chain.best().number, 7);
  for (const wrong of [{counts: 1}, {count: -1}, 5, []]) {
    const answered = await client.reply("dev_newBlock", wrong);
    assert.equal(answered.error?.code, Array.isArray(wrong) ? undefined : -32_602);
  }
});

test("transactions that are named go into the first block only", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  await client.call("dev_newBlock", {count: 2, transactions: ["0x0102"]});
  assert.deepEqual(chain.body(chain.hashOf(1)!), [Uint8Array.of(1, 2)]);
  assert.deepEqual(chain.body(chain.hashOf(2)!), []);
});

test("up to the height of a first block all blocks are made: heights have no gaps", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const config = {count: 2, transactions: ["0x0102"], unsafeBlockHeight: 10};
  assert.equal(await client.call("dev_newBlock", config), bytesToHex(chain.hashOf(11)!));
  assert.equal(chain.best().number, 11);
  assert.deepEqual(chain.body(chain.hashOf(9)!), []);
  assert.deepEqual(chain.body(chain.hashOf(10)!), [Uint8Array.of(1, 2)]);
  const below = await client.fail("dev_newBlock", {unsafeBlockHeight: 11});
  assert.deepEqual(below, {
    code: 1,
    message: "unsafeBlockHeight must be above the best block, which is 11",
  });
  for (const tooMany of [{unsafeBlockHeight: 100_012}, {to: 100_012}, {count: 100_001}]) {
    const {message} = await client.fail("dev_newBlock", tooMany);
    assert.equal(message, "100001 blocks would be made for that, at most 100000 are");
  }
  assert.equal(chain.best().number, 11);
});

test("time is given as a number or a date, and goes forward only", async t => {
  const {clock, connect} = await startTestServer(t);
  const client = await connect();
  assert.equal(await client.call("dev_timeTravel", 5_000), 5_000);
  assert.equal(await client.call("dev_timeTravel", "2030-01-01T00:00:00Z"), 1_893_456_000_000);
  assert.equal(clock.now(), 1_893_456_000_000);
  const refused = await client.fail("dev_timeTravel", "2029-12-31");
  assert.match(refused.message, /already 2030|is 2030-01-01T00:00:00.000Z already/);
  for (const wrong of ["someday", -1, 1.5, {}, 1e17, 253_402_300_800_000, 8.64e15]) {
    assert.equal((await client.fail("dev_timeTravel", wrong)).code, -32_602);
  }
});

test("values are set and removed by raw keys or by names, on the best block only", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const genesis = bytesToHex(chain.best().hash);
  const [a, z] = ["0x61", "0x7a"];
  const hash = await client.call(
    "dev_setStorage",
    [
      [a, null],
      [z, "0x2a"],
    ],
    genesis,
  );
  assert.equal(hash, bytesToHex(chain.best().hash));
  assert.equal(await client.call("state_getStorage", a), null);
  assert.equal(await client.call("state_getStorage", z), "0x2a");
  assert.match((await client.fail("dev_setStorage", [], genesis)).message, /dev_setHead/);
  await client.call("dev_setStorage", {Named: {Item: 1}});
  assert.equal(await client.call("state_getStorage", "0x6e616d6564"), "0x01");
  const misfit = await client.fail("dev_setStorage", {Other: {}});
  assert.equal(misfit.code, -32_602);
  assert.equal(misfit.data, "Other: expected the name of a pallet");
  for (const wrong of ["System", [["0x61"]], [["61", "0x"]], [["0x61", 5]]]) {
    assert.equal((await client.fail("dev_setStorage", wrong)).code, -32_602);
  }
});

test("a head is named by hash, height or steps back; why it cannot be had is said", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  for (const place of [bytesToHex(chain.best().hash), 0]) {
    assert.match((await client.fail("dev_setHead", place)).message, /without peers.* has 2/);
  }
  for (const place of [3, -1]) {
    assert.match((await client.fail("dev_setHead", place)).message, /by their hash/);
  }
});

test("the next session begins with the last of the blocks that are made for it", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  assert.deepEqual(await client.call("dev_nextSession"), {
    hash: bytesToHex(chain.hashOf(160)!),
    number: 160,
    session: 3,
  });
});

test("two who ask for the next session at once get one each", async t => {
  const {chain, connect, answers} = await startTestServer(t);
  const clients = [await connect(), await connect()];
  const start = chain.best().number;
  Object.assign(answers.session!, {
    current: () => {
      const made = chain.best().number - start;
      const nextRotationBlock = start + (Math.floor(made / 5) + 1) * 5;
      return {index: 3 + Math.floor(made / 5), nextRotationBlock};
    },
  });
  const both = clients.map(client => client.call("dev_nextSession"));
  const numbers = (await Promise.all(both)).map(answer => {
    const {number, session} = answer as {number: number; session: number};
    return [number - start, session];
  });
  assert.deepEqual(numbers, [
    [5, 4],
    [10, 5],
  ]);
});

test("a session of unknown length is over when its index is another, and one that does not end is given up", async t => {
  const {chain, connect, answers} = await startTestServer(t);
  const client = await connect();
  const start = chain.best().number;
  const session = (endsAfter: number) => ({
    current: () => ({
      index: chain.best().number < start + endsAfter ? 3 : 4,
      period: undefined,
      blocksInto: undefined,
      nextRotationBlock: undefined,
      nextRotationAt: undefined,
      slotDuration: 6_000,
      authors: undefined,
    }),
  });
  Object.assign(answers.session!, session(7));
  assert.deepEqual(await client.call("dev_nextSession"), {
    hash: bytesToHex(chain.hashOf(start + 7)!),
    number: start + 7,
    session: 4,
  });
  Object.assign(answers.session!, session(Number.POSITIVE_INFINITY));
  const {message} = await client.fail("dev_nextSession");
  assert.match(message, /^Session 3 did not end within 20000 blocks/);
});

test("the session is told with its progress in parts per million and its authors by address", async t => {
  const client = await (await startTestServer(t)).connect();
  assert.deepEqual(await client.call("khala_sessionInfo"), {
    index: 3,
    period: 40,
    blocksInto: 10,
    progressPpm: 250_000,
    nextRotationBlock: 160,
    nextRotationAt: 1_000_000,
    slotDuration: 6_000,
    authors: [encodeSs58(ALICE.sr25519, 30)],
  });
});
