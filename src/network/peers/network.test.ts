import assert from "node:assert/strict";
import {test} from "node:test";
import {ok, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import {type Header, headerHash} from "#primitives";
import {GENESIS, said, type VirtualNode, virtualNetwork} from "../test-kit/virtual-network.ts";

const header = (number: number): Header => ({
  parentHash: GENESIS,
  number,
  stateRoot: GENESIS,
  extrinsicsRoot: GENESIS,
  digest: [],
});
const announceTo = (node: VirtualNode, number: number): number =>
  node.network.announceToAll(
    {header: header(number), isBest: true, data: new Uint8Array(0)},
    headerHash(header(number), createPortableHashing()),
  );
const peersOf = ({network}: VirtualNode) => [...network.peers()].sort();

test("two nodes accept each other, say how far they are, and hear each other", async () => {
  const {start, pass, until, stop} = virtualNetwork();
  const a = await start("a", {options: {best: {number: 5, hash: GENESIS}}});
  const b = await start("b", {options: {bootnodes: [a.address]}});
  await until("both accept", () => peersOf(a).length === 1 && peersOf(b).length === 1);
  await pass(200);

  assert.equal(announceTo(b, 6), 1);
  assert.equal(announceTo(b, 6), 0, "it knows by now");
  assert.ok(a.network.sendTransactions("b", [Uint8Array.of(4, 1)]));
  assert.ok(!a.network.sendTransactions("b", [Uint8Array.of(4, 1)]));
  assert.ok(a.network.sendGrandpa("b", new Uint8Array(9)));
  await pass(100);

  assert.deepEqual(said(a), ["accepted b authority 0", "announce b 6"]);
  assert.deepEqual(said(b), ["accepted a authority 5", "transactions a 1", "grandpa a 9"]);
  assert.equal(announceTo(a, 6), 0, "who told us needs not be told");
  const [peer] = a.network.snapshot().peers;
  assert.deepEqual(
    [peer?.slot, peer?.direction, peer?.bestNumber, peer?.protocols],
    ["in", "in", 6, ["block-announces", "transactions", "grandpa"]],
  );
  await stop();
  await pass(100);
});

test("who came and who left is counted by who had dialled", async () => {
  const {start, until, hub, stop} = virtualNetwork();
  const a = await start("a");
  const b = await start("b", {options: {bootnodes: [a.address]}});
  await until("both accept", () => peersOf(a).length === 1 && peersOf(b).length === 1);
  const {connections} = a.network;
  assert.deepEqual(connections.opened, {in: 1, out: 0});
  assert.deepEqual(connections.closed, {in: 0, out: 0});
  assert.deepEqual(b.network.connections.opened, {in: 0, out: 1});
  hub.kill("b");
  await b.network.stop();
  await until("it is gone", () => peersOf(a).length === 0);
  assert.deepEqual(connections.opened, {in: 1, out: 0});
  assert.deepEqual(connections.closed, {in: 1, out: 0});
  await stop();
});

test("a peer without a free slot is refused, closed after ten seconds, and taken later", async () => {
  const {start, pass, until, hub, stop} = virtualNetwork();
  const a = await start("a", {options: {slots: {in: 1, out: 0}}});
  const b = await start("b", {options: {bootnodes: [a.address], slots: {in: 0}}});
  await until("b is in", () => peersOf(a).length === 1);
  const c = await start("c", {options: {bootnodes: [a.address], slots: {in: 0}}});

  await pass(9_000);
  assert.deepEqual(peersOf(a), ["b"]);
  assert.equal(a.network.snapshot().peers.length, 2);
  hub.kill("b");
  await b.network.stop();
  await until("c is in", () => peersOf(a).includes("c"));

  assert.deepEqual(peersOf(a), ["c"]);
  assert.ok(said(a).includes("gone b"));
  assert.deepEqual(peersOf(c), ["a"]);
  await stop();
});

test("a connection that asks for no slot is closed after ten seconds", async () => {
  const {start, pass, hub, during, clock, stop} = virtualNetwork();
  const a = await start("a");
  const idle = hub.transport("idle");
  const nothing = {connected() {}, disconnected() {}, discovered() {}, violated() {}};
  await idle.start({notifications: [], requests: [], admits: () => true, ...nothing});
  unwrap(await during(idle.dial(a.address)));
  const since = clock.now();

  await pass(9_500);
  assert.equal(idle.connections().length, 1);
  await pass(1_000);

  assert.equal(idle.connections().length, 0);
  assert.ok(clock.now() - since < 11_000);
  await stop();
});

test("reserved peers take no slot and are dialled again; others are refused when only they may come", async () => {
  const {start, pass, until, hub, stop} = virtualNetwork();
  const a = await start("a", {options: {slots: {in: 0, out: 0}, reservedOnly: true}});
  const b = await start("b", {options: {slots: {out: 0}}});
  a.network.addReserved(b.address);
  const c = await start("c", {options: {bootnodes: [a.address]}});
  await until("b is in", () => peersOf(a).length === 1);

  hub.reset("a", "b");
  await until("b is gone", () => peersOf(a).length === 0);
  await until("b is back", () => peersOf(a).length === 1);

  assert.equal(a.network.snapshot().peers[0]?.slot, "reserved");
  await pass(5_000);
  assert.deepEqual([peersOf(a), peersOf(c)], [["b"], []]);
  a.network.removeReserved("b");
  await until("b is gone for good", () => peersOf(a).length === 0);
  await stop();
});

test("a peer of another chain with the same names is banned at once", async () => {
  const {start, pass, stop} = virtualNetwork();
  const other = {genesisHash: new Uint8Array(32).fill(8), protocolId: "test"};
  const a = await start("a");
  const b = await start("b", {options: {chain: other, bootnodes: [a.address]}});

  await pass(2_000);

  assert.deepEqual(
    a.network.bans().map(({peer, reason}) => [peer, reason]),
    [["b", "genesis-mismatch"]],
  );
  assert.deepEqual(a.warnings, ["a peer is on another chain: is it the same chain spec?"]);
  assert.deepEqual(b.warnings, ["a peer hung up on us: it has no room, or is on another chain"]);
  assert.deepEqual([peersOf(a), peersOf(b)], [[], []]);
  await stop();
});

test("a peer that misbehaves is cut off until its ban ends or is lifted", async () => {
  const {start, pass, until, clock, stop} = virtualNetwork();
  const a = await start("a");
  const b = await start("b", {options: {bootnodes: [a.address]}});
  await until("b is in", () => peersOf(a).length === 1);

  for (let i = 0; i < 3; i++) a.network.report("b", "block-invalid");
  await until("b is out", () => peersOf(a).length === 0);
  const [ban] = a.network.bans();
  assert.equal(ban?.reason, "block-invalid");
  assert.ok(ban.until > clock.now() + 5_000 && ban.until < clock.now() + 70_000);
  await pass(ban.until - clock.now() - 500);
  assert.deepEqual(peersOf(a), []);
  await until("b is back", () => peersOf(a).length === 1);

  a.network.ban("b", clock.now() + 3_600_000, "by hand");
  await pass(70_000);
  assert.deepEqual(peersOf(a), []);
  assert.ok(a.network.liftBan("b"));
  await until("b is back again", () => peersOf(a).length === 1);
  assert.deepEqual(a.network.bans(), []);
  await until("b has a again", () => peersOf(b).includes("a"));
  await stop();
});

test("nodes that know one common peer find each other", async () => {
  const {start, until, stop} = virtualNetwork();
  const hub = await start("Hub");
  const nodes: VirtualNode[] = [];
  for (const name of ["x1", "x2", "x3"]) {
    nodes.push(await start(name, {options: {bootnodes: [hub.address]}}));
  }

  await until("all know all", () => nodes.every(node => peersOf(node).length === 3));

  assert.deepEqual(peersOf(nodes[0]!), ["Hub", "x2", "x3"]);
  await stop();
});

test("a light peer takes a light slot and gets no transactions", async () => {
  const {start, pass, until, stop} = virtualNetwork();
  const a = await start("a", {options: {slots: {in: 0}}});
  const light = await start("w", {options: {role: "light", bootnodes: [a.address]}});
  await until("it is in", () => peersOf(a).length === 1);
  await pass(500);

  assert.equal(a.network.snapshot().peers[0]?.slot, "inLight");
  assert.ok(!a.network.sendTransactions("w", [Uint8Array.of(4, 1)]));
  assert.ok(a.network.sendGrandpa("w", new Uint8Array(3)));
  assert.equal(announceTo(a, 1), 1);
  await pass(100);
  assert.deepEqual(said(light), ["accepted a authority 0", "grandpa a 3", "announce a 1"]);
  await stop();
});

test("a slow node holds an announcing peer back at four announcements", async () => {
  const {start, pass, until, stop} = virtualNetwork();
  let working = 0;
  const release: (() => void)[] = [];
  const announce = () => {
    working++;
    return new Promise<void>(resolve => release.push(resolve));
  };
  const a = await start("a", {events: {announce}});
  const b = await start("b", {options: {bootnodes: [a.address]}});
  await until("b is in", () => peersOf(b).length === 1);

  for (let number = 1; number <= 10; number++) announceTo(b, number);
  await pass(500);
  assert.equal(working, 4);
  release[0]!();
  await pass(50);
  assert.equal(working, 5);
  await stop();
});

test("requests are typed both ways, and asking for the same body over and over ends in a ban", async () => {
  const {start, until, during, stop} = virtualNetwork();
  const block = {hash: GENESIS, body: [Uint8Array.of(4, 9)]};
  const a = await start("a", {
    requests: {
      blocks: async (_, request) => ok("number" in request.from ? [block] : []),
      warp: async () => ({ok: false, error: {code: "refused"}}),
    },
  });
  const b = await start("b", {options: {bootnodes: [a.address]}});
  await until("b is in", () => peersOf(b).length === 1);
  const request = {
    attributes: {body: true},
    from: {number: 1},
    direction: "ascending",
    maxBlocks: 1,
  } as const;

  assert.deepEqual(unwrap(await during(b.network.ask.blocks("a", request))), [block]);
  const warp = await during(b.network.ask.warp("a", GENESIS));
  const light = {kind: "read", block: GENESIS, keys: []} as const;
  const unsupported = await during(b.network.ask.light("a", light));
  assert.equal(warp.ok ? "ok" : warp.error.code, "refused");
  assert.equal(unsupported.ok ? "ok" : unsupported.error.code, "unsupported");
  unwrap(await during(b.network.ask.blocks("a", request)));
  const third = await during(b.network.ask.blocks("a", request));
  assert.ok(!third.ok);
  assert.equal(a.network.bans()[0]?.reason, "same-block-request");
  await stop();
});

test("the same seed gives the same history, to the millisecond", async () => {
  const history = async (seed: number) => {
    const {start, pass, hub, stop} = virtualNetwork(seed, {min: 5, max: 150});
    hub.setLoss(0.2);
    const first = await start("n1");
    const nodes = [first];
    for (let i = 2; i <= 6; i++) {
      nodes.push(await start(`n${i}`, {options: {bootnodes: [first.address], slots: {out: 2}}}));
    }
    for (let number = 1; number <= 5; number++) {
      await pass(1_000);
      announceTo(nodes[number % 6]!, number);
      if (number === 3) hub.partition([["n1", "n2"]], "cut");
    }
    hub.heal();
    await pass(5_000);
    const logs = nodes.map(({log}) => [...log]);
    await stop();
    return logs;
  };

  const first = await history(7);

  assert.deepEqual(await history(7), first);
  assert.notDeepEqual(await history(8), first);
  assert.ok(first.flat().length > 20);
});

test("what finality says before its substream is open comes in order, or is said anew where it was too much", async () => {
  for (const [count, isTooMuch] of [
    [128, false],
    [129, true],
  ] as const) {
    const net = virtualNetwork();
    const b = await net.start("b");
    const a: VirtualNode = await net.start("a", {
      options: {bootnodes: [b.address]},
      events: {
        peerAccepted: peer => {
          for (let i = 0; i < count; i++) a.network.sendGrandpa(peer, new Uint8Array(i + 1));
        },
      },
    });
    await net.pass(3_000);
    const heard = said(b).filter(line => line.startsWith("grandpa a"));
    const sent = Array.from({length: count}, (_, i) => `grandpa a ${i + 1}`);
    assert.deepEqual(heard, isTooMuch ? [] : sent);
    assert.equal(said(a).includes("grandpa reopened b"), isTooMuch);
    await net.stop();
  }
});
