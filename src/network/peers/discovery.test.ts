import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, ok, VirtualClock} from "#base";
import {encodeKademlia, KADEMLIA_TYPE} from "../protocols/kademlia.ts";
import type {PeerAddress} from "../transport/peer-address.ts";
import type {Transport} from "../transport/transport.ts";
import {Discovery} from "./discovery.ts";
import {multiaddrToBytes} from "./multiaddr-bytes.ts";

test("an answer with an id of thousands of bytes names nobody, and discovery goes on", async () => {
  const clock = new VirtualClock(millis(0));
  const addresses = [multiaddrToBytes("/ip4/1.2.3.4/tcp/5")!];
  const closerPeers = [
    {id: new Uint8Array(5_000), addresses},
    {id: new Uint8Array(0), addresses},
    {id: new Uint8Array(38).fill(1), addresses},
  ];
  let asked = 0;
  const hostile = {
    request: async () => {
      asked++;
      return ok(
        encodeKademlia({type: KADEMLIA_TYPE.findNode, key: new Uint8Array(38), closerPeers}),
      );
    },
  } as unknown as Transport;
  const found: PeerAddress[] = [];
  const discovery = new Discovery({
    chain: {genesisHash: new Uint8Array(32), protocolId: "test"},
    transport: hostile,
    clock,
    random: () => 0.5,
    askable: () => ["one"],
    known: () => [],
    found: address => found.push(address),
  });
  const stop = new AbortController();
  const running = discovery.run(stop.signal);
  while (asked < 2) {
    clock.advanceTo(millis(clock.now() + 1_000));
    await new Promise(resolve => setImmediate(resolve));
  }
  stop.abort(new Error("over"));
  await running;
  assert.equal(new Set(found.map(({peer}) => peer)).size, 1);
});
