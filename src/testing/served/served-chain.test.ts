import assert from "node:assert/strict";
import {test} from "node:test";
import {WebSocket} from "ws";
import {call} from "../transactions/call.ts";
import {startChain} from "./start-chain.ts";

/** A call by HTTP, as any client makes it. */
async function ask<T>(url: string, method: string, params: readonly unknown[] = []): Promise<T> {
  const answer = await fetch(url.replace("ws:", "http:"), {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: JSON.stringify({id: 1, jsonrpc: "2.0", method, params}),
  });
  const {result, error} = (await answer.json()) as {result: T; error?: unknown};
  assert.equal(error, undefined);
  return result;
}

const opened = (url: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on("open", () => resolve(socket));
    socket.on("error", reject);
  });

const said = (socket: WebSocket): Promise<{id?: number; result?: unknown}> =>
  new Promise(resolve => socket.once("message", text => resolve(JSON.parse(String(text)))));

const pay = (dest: string, value: bigint) => call("Balances.transfer_keep_alive", {dest, value});

test("a chain has a URL, makes a block for what is handed in, and is gone at the end of its block", async () => {
  let url: string;
  {
    await using chain = await startChain({accounts: ["zoe"]});
    url = chain.url;
    assert.equal(await ask(url, "system_chain"), "Khala Development");
    const before = chain.at().balanceOf("bob").free;
    const paid = await chain.submit("zoe", pay("bob", 5n));
    assert.deepEqual([paid.block, paid.error], [1, undefined]);
    assert.equal(chain.at().balanceOf("bob").free, before + 5n);
    const account = await ask<string>(url, "system_accountNextIndex", [chain.addressOf("zoe")]);
    assert.equal(account, 1);
  }
  await assert.rejects(fetch(url.replace("ws:", "http:")));
});

test("what a call fails of is told by its name, and what the pool refuses is thrown", async () => {
  await using chain = await startChain();
  const failed = await chain.submit("bob", call("Sudo.sudo", {call: pay("bob", 5n)}));
  assert.equal(failed.error, "Sudo.RequireSudo");
  await assert.rejects(chain.submit("nobody", pay("bob", 5n)), /was refused/);
  await assert.rejects(
    chain.submit("bob", call("Balances.transfer_kep_alive")),
    /did you mean Balances\.transfer_keep_alive\?/,
  );
});

test("blocks are made when told, sessions pass, time goes ahead, and state is what a test says", async () => {
  await using chain = await startChain({seal: "manual", parameters: {session: 10}});
  const {session, number} = chain.at();
  assert.equal((await chain.mine(3)).number, number + 3);
  const next = await chain.nextSession();
  assert.deepEqual([next.session, next.number], [session + 1, 10]);
  const now = () => Number(chain.at().storage("Timestamp.Now"));
  const before = now();
  await chain.advance(3_600_000);
  assert.ok(now() - before >= 3_600_000);
  await chain.set({CollatorSelection: {DesiredCandidates: 7}});
  assert.equal(chain.at().storage("CollatorSelection.DesiredCandidates"), 7);
  const paid = await chain.submit("alice", pay("bob", 1n));
  assert.equal(paid.error, undefined);
  await assert.rejects(chain.mine(0), /no number of blocks/);
  await assert.rejects(chain.advance(-1), /no length of time/);
});

test("any origin makes a call, and nobody signs", async () => {
  await using chain = await startChain({accounts: ["zoe"]});
  const wanted = call("CollatorSelection.set_desired_candidates", {max: 3});
  assert.equal((await chain.dispatch("root", wanted)).error, undefined);
  assert.equal(chain.at().storage("CollatorSelection.DesiredCandidates"), 3);
  const refused = await chain.dispatch({signed: "zoe"}, wanted);
  assert.equal(refused.error, "BadOrigin");
  const paid = await chain.dispatch({signed: "zoe"}, pay("bob", 5n));
  paid.expectEvent("Balances.Transfer", {to: "bob", amount: 5n});
});

test("any item of the state and any constant is read by name, and one that is not there is refused with the nearest", async () => {
  await using chain = await startChain({accounts: ["zoe"]});
  const at = chain.at();
  assert.equal(at.storage("Sudo.Key"), "alice");
  assert.deepEqual(
    (at.storage("System.Account", "zoe") as {data: {free: bigint}}).data.free,
    at.balanceOf("zoe").free,
  );
  assert.equal(at.storage("Session.KeyOwner", ["0x61757261", `0x${"00".repeat(32)}`]), undefined);
  assert.deepEqual(
    at.entries("Session.NextKeys").map(({keys}) => keys),
    [["alice"]],
  );
  assert.equal(at.entries("System.Account", {limit: 3}).length, 3);
  assert.equal(at.constant("Balances.ExistentialDeposit"), 10_000_000_000n);
  for (const [read, words] of [
    [
      () => at.storage("System.Acount"),
      /no item of the state System\.Acount: did you mean System\.Account\?/,
    ],
    [() => at.storage("System.Account"), /System\.Account: expected 1 keys/],
    [() => at.storage("Sudo.Key", 1), /Sudo\.Key has 0 keys, and 1 are given/],
    [() => at.storage("Nothing.Here"), /the chain has the pallets System, /],
    [() => at.entries("Session.NextKey"), /did you mean Session\.NextKeys\?/],
    [() => at.constant("Balances.Existential"), /the pallet has ExistentialDeposit, /],
  ] as const) {
    assert.throws(read, words);
  }
});

test("reset goes back to the first block: what was is forgotten, and the very same may be sent again", async () => {
  await using chain = await startChain();
  const genesis = chain.at().hash;
  const before = chain.at().balanceOf("bob").free;
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 2; i++) {
      const paid = await chain.submit("alice", pay("bob", 5n));
      assert.deepEqual([paid.block, paid.error], [i + 1, undefined]);
    }
    await chain.reset();
    const {number, hash} = chain.at();
    assert.deepEqual([number, hash], [0, genesis]);
    assert.equal(chain.at().balanceOf("bob").free, before);
    assert.equal(chain.at("finalized").number, 0);
  }
});

test("clients that come after a reset hear nothing of the blocks that it left behind", async () => {
  await using chain = await startChain();
  await chain.submit("alice", pay("bob", 5n));
  await chain.reset();
  const socket = await opened(chain.url);
  const heard: string[] = [];
  const isThere = new Promise<void>(resolve => {
    socket.on("message", text => {
      const {params} = JSON.parse(String(text)) as {params?: {result: {event: string}}};
      if (params !== undefined) heard.push(params.result.event);
      if (heard.length === 2) resolve();
    });
  });
  socket.send('{"id": 1, "jsonrpc": "2.0", "method": "chainHead_v1_follow", "params": [false]}');
  await isThere;
  assert.deepEqual(heard, ["initialized", "bestBlockChanged"]);
  socket.close();
});

test("what waits is forgotten by a reset", async () => {
  await using chain = await startChain({seal: "manual"});
  const before = chain.at().balanceOf("bob").free;
  // It waits for the one before it, which nobody sends.
  const early = chain.submit("alice", pay("bob", 1_000n), {nonce: 1, limit: 200});
  await assert.rejects(early, /Balances\.transfer_keep_alive is in no block after 200 ms/);
  await chain.reset();
  await chain.submit("alice", pay("bob", 1n));
  await chain.mine(2);
  assert.equal(chain.at().balanceOf("bob").free, before + 1n);
});

test("who waits for a block when the chain ends is told so, and nothing breaks", async () => {
  const chain = await startChain({seal: "manual"});
  const waiting = chain.submit("alice", pay("bob", 1n), {nonce: 1});
  // Its block is made, without it.
  while (chain.at().number === 0) await new Promise(resolve => setTimeout(resolve, 5));
  await chain.stop();
  await assert.rejects(waiting, /transfer_keep_alive is in no block: the chain was stopped/);
});

test("who is connected and listens is seen, and ended with the chain", async () => {
  const chain = await startChain();
  assert.deepEqual(chain.openWatchers(), []);
  const [idle, listening] = [await opened(chain.url), await opened(chain.url)];
  listening.send('{"id": 1, "jsonrpc": "2.0", "method": "chain_subscribeNewHeads", "params": []}');
  await said(listening);
  assert.deepEqual(
    chain.openWatchers().map(({subscription}) => subscription),
    [undefined, "chain_subscribeNewHeads"],
  );
  const closed = [idle, listening].map(
    socket => new Promise(resolve => socket.on("close", resolve)),
  );
  await chain.stop();
  await Promise.all(closed);
  assert.throws(() => chain.at(), /the chain was stopped/);
  await chain.stop();
});

test("several nodes take turns, each with a URL of its own, and agree on what is final", async () => {
  await using chain = await startChain({nodes: 3, parameters: {slot: "200ms"}});
  assert.equal(new Set(chain.urls).size, 3);
  const paid = await chain.submit("alice", pay("bob", 5n));
  assert.equal(paid.error, undefined);
  const hash = chain.at(paid.block).hash;
  for (;;) {
    const hashes = await Promise.all(
      chain.urls.map(url => ask<string | null>(url, "chain_getBlockHash", [paid.block])),
    );
    if (hashes.every(one => one === hash)) break;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  await assert.rejects(chain.reset(), /reset is for a chain of one node/);
});

test("a wrong option is refused with the one that was meant, and never runs for ever", async () => {
  for (const [options, words] of [
    [{sael: "manual"}, /startChain has no option sael: did you mean seal\?/],
    [{seal: "never"}, /seal is one of instant, manual, slots, not "never"/],
    [{nodes: 0}, /nodes is 1 to 32, not 0/],
    [{nodes: 2, seal: "instant"}, /2 nodes take turns by slots/],
    [{port: 70_000}, /port is 0 to 65535, not 70000/],
    [{parameters: {sesion: 5}}, /session/],
    [{chain: "/no/such/file.json"}, /\/no\/such\/file\.json cannot be read/],
    [{chain: "{}"}, /genesis: missing/],
    [
      "khala.json",
      /startChain takes options, such as \{chain: "khala\.json"\}, and not "khala\.json"/,
    ],
    [null, /and not null/],
    [[], /and not \[\]/],
    [{nodes: "3"}, /nodes is 1 to 32, not "3"/],
    [{accounts: "zoe"}, /accounts is a list of different names, such as \["zoe"\], not "zoe"/],
    [{accounts: [5]}, /accounts is a list of different names, such as \["zoe"\], not \[5\]/],
    [{accounts: ["zoe", "zoe"]}, /accounts is a list of different names/],
    [{chain: "/dev/zero"}, /\/dev\/zero is a device, and no file/],
    [{chain: "dev"}, /"dev" is no file; without chain it is this program's own/],
    [{accounts: ["zoe zoe"]}, /zoe zoe is no account: give a name such as alice/],
    [{accounts: ["//"]}, /\/\/ is no account/],
    // The last letter of an address is another one.
    [{accounts: ["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQx"]}, /5Grw\w+ is no account/],
    [{accounts: ["0x1234"]}, /0x1234 has 2 bytes, not 32/],
    [{chain: 5}, /chain is the path of a chain spec, or its text, not 5/],
    [{chain: ""}, /chain is the path of a chain spec, or its text, not ""/],
    [{chain: import.meta.dirname}, /cannot be read: EISDIR/],
    [{parameters: []}, /parameters is values by the names of parameters, such as \{session: 10\}/],
    [{parameters: {session: -1}}, /session=-1: expected a whole number/],
    [{chain: "{}", set: "x"}, /set is values by pallets and items/],
    [{chain: "{}", code: "next.wasm"}, /code is the bytes of a runtime, not "next\.wasm"/],
    [{set: {System: {}}}, /this program's own has parameters/],
    [{chain: "{}", parameters: {}}, /another one takes set/],
  ] as const) {
    await assert.rejects(startChain(options as object), words);
  }
});

test("a port that is taken is said to be, and nothing is left running", async () => {
  await using chain = await startChain();
  const port = Number(new URL(chain.url).port);
  await assert.rejects(startChain({port}), new RegExp(String(port)));
});
