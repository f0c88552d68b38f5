import assert from "node:assert/strict";
import {test} from "node:test";
import type {Connection} from "@libp2p/interface";
import {multiaddr} from "@multiformats/multiaddr";
import {millis, VirtualClock} from "#base";
import {withoutPeer} from "./libp2p-transport.ts";
import {keepAlive} from "./ping.ts";

test("an address that no text stands for is none, and hurts nobody", () => {
  // http-path, code 481, with bytes that are no URI.
  const bytes = Uint8Array.of(0xe1, 0x03, 4, 0xf0, 0x9f, 0x98, 0x80);
  const address = {toString: () => multiaddr(bytes).toString()};
  assert.throws(() => address.toString());
  assert.equal(withoutPeer(address), undefined);
  assert.equal(withoutPeer(multiaddr("/ip4/1.2.3.4/tcp/5")), "/ip4/1.2.3.4/tcp/5");
});

test("a peer on whose connection no stream can be opened any more is cut off after two pings", async () => {
  const clock = new VirtualClock(millis(0));
  let isCut = false;
  const closed = new AbortController();
  // Never opens, as on a line to a machine that is gone.
  const connection = {
    newStream: (_: string, {signal}: {signal: AbortSignal}) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(new Error("aborted"))),
      ),
    abort: () => {
      isCut = true;
    },
    close: async () => undefined,
  } as unknown as Connection;
  const kept = keepAlive(connection, clock, Math.random, closed.signal);
  for (let seconds = 0; seconds < 61; seconds++) {
    clock.advanceTo(millis(1_000 * seconds));
    await new Promise(resolve => setImmediate(resolve));
  }
  await kept;
  assert.ok(isCut);
});
