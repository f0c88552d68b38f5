import "../../polyfills.ts";
import assert from "node:assert/strict";
import {test} from "node:test";
import {equalBytes, millis, ok, silentLogger, unwrap, VirtualClock} from "#base";
import {eventually} from "../test-kit/eventually.ts";
import {type RealNode, startRealNode} from "../test-kit/libp2p-node.ts";
import {rawPeer} from "../test-kit/raw-peer.ts";
import {realClock} from "../test-kit/real-clock.ts";
import {recordedHandlers} from "../test-kit/recorded-handlers.ts";
import {GENESIS} from "../test-kit/virtual-network.ts";
import {createLibp2pTransport} from "./create-libp2p-transport.ts";

async function stopAll(...nodes: RealNode[]): Promise<void> {
  await Promise.all(nodes.map(({network}) => network.stop()));
}

test("three nodes over TCP and WebSocket find each other by way of the first and exchange blocks", async () => {
  const body = [new Uint8Array(500_000).fill(3)];
  const first = await startRealNode({
    requests: {blocks: async () => ok([{hash: GENESIS, body}])},
  });
  const options = {bootnodes: [first.address]};
  const second = await startRealNode({options});
  const third = await startRealNode({
    options,
    transport: {listen: ["/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/tcp/0/ws"]},
  });

  await eventually("all know all", () =>
    [first, second, third].every(({network}) => network.peers().length === 2),
  );
  const request = {
    attributes: {body: true},
    from: {hash: GENESIS},
    direction: "ascending",
  } as const;
  const [block] = unwrap(await second.network.ask.blocks(first.network.snapshot().peerId, request));

  assert.ok(equalBytes(block!.body![0]!, body[0]!));
  await stopAll(first, second, third);
});

test("a ping stream that is used again and again is answered for as long as it is open", async () => {
  const node = await startRealNode();
  const peer = await rawPeer(node.address);
  const stream = await peer.connection.newStream("/ipfs/ping/1.0.0");
  const echoes: Uint8Array[] = [];
  stream.addEventListener("message", ({data}) => echoes.push(data.subarray()));

  for (let round = 1; round <= 3; round++) {
    const ping = new Uint8Array(32).fill(round);
    // In two parts: frames of the layers below mean nothing.
    stream.send(ping.subarray(0, 10));
    stream.send(ping.subarray(10));
    const whole = () => Buffer.concat(echoes);
    await eventually("the echo is back", () => whole().length === 32 * round);
    assert.ok(equalBytes(whole().subarray(-32), ping));
  }
  assert.equal(stream.status, "open");
  await peer.stop();
  await stopAll(node);
});

test("identify tells Substrate's version of the protocol and who we are", async () => {
  const node = await startRealNode();
  const peer = await rawPeer(node.address);
  const stream = await peer.connection.newStream("/ipfs/id/1.0.0");
  const parts: Uint8Array[] = [];
  stream.addEventListener("message", ({data}) => parts.push(data.subarray()));
  const text = () => Buffer.concat(parts).toString("latin1");

  // It may come in several parts.
  for (const word of ["test/1.0 (real)", "/substrate/1.0", "/block-announces/1"])
    await eventually(`${word} is told`, () => text().includes(word));
  await peer.stop();
  await stopAll(node);
});

test("a port that is taken and an address that is none are failures with a code", async () => {
  const node = await startRealNode();
  const taken = node.address.replace(/\/p2p\/.*/, "");
  const start = async (listen: string) => {
    const transport = await createLibp2pTransport({
      nodeKey: new Uint8Array(32).fill(1),
      listen: [listen],
      agentVersion: "test",
      clock: realClock,
      logger: silentLogger,
      random: Math.random,
    });
    const started = await transport.start(recordedHandlers());
    await transport.stop();
    return started.ok ? "ok" : started.error.code;
  };

  assert.equal(await start(taken), "address-in-use");
  assert.equal(await start("/ip4/what/tcp/0"), "address-invalid");
  await stopAll(node);
});

test("a peer that swallows two pings in a row is cut off", async () => {
  const clock = new VirtualClock(millis(0));
  const node = await startRealNode({transport: {clock}});
  const peer = await rawPeer(node.address);
  const pings = await peer.swallow("/ipfs/ping/1.0.0");
  const isOff = () => {
    clock.advanceTo(millis(clock.now() + 500));
    return !peer.isConnected();
  };

  await eventually("it is off", isOff);

  assert.equal(pings.count, 2);
  assert.ok(clock.now() >= 60_000, `${clock.now()}`);
  await peer.stop();
  await stopAll(node);
});
