import "../../polyfills.ts";
import assert from "node:assert/strict";
import {connect, type Socket} from "node:net";
import {test} from "node:test";
import {setTimeout as sleep} from "node:timers/promises";
import {startRealNode} from "../test-kit/libp2p-node.ts";

const PER_SECOND = 40;
const SPAN = 12_000;
/** What a dialler of libp2p says first, and then no more. */
const OPENING = "\x13/multistream/1.0.0\n";

/** Opens connections from ever other addresses of this machine and goes no further; each is kept as long as it lasts. */
function attack(
  port: number,
  first: string,
  isOver: () => boolean,
): {opened: () => number; done: Promise<void>} {
  let opened = 0;
  const sockets = new Set<Socket>();
  const run = async () => {
    for (let i = 0; !isOver(); i++) {
      const localAddress = `127.1.${1 + (Math.floor(i / 200) % 200)}.${1 + (i % 200)}`;
      const socket = connect({host: "127.0.0.1", port, localAddress});
      sockets.add(socket);
      socket.on("connect", () => {
        opened++;
        if (first !== "") socket.write(first);
      });
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
      await sleep(1_000 / PER_SECOND);
    }
    for (const socket of sockets) socket.destroy();
  };
  return {opened: () => opened, done: run()};
}

/** Of the time between two looks, what this process may have had of it: the rest the machine gave to others. */
const MOST_BETWEEN = 25;

/** Milliseconds until it holds, without those in which the machine did something else. */
async function ownTimeUntil(holds: () => boolean): Promise<number> {
  let spent = 0;
  for (let last = Date.now(); !holds(); ) {
    assert.ok(spent < 20_000, "never in");
    await sleep(5);
    const now = Date.now();
    spent += Math.min(now - last, MOST_BETWEEN);
    last = now;
  }
  return spent;
}

for (const [what, first] of [
  ["say nothing", ""],
  ["say a first word", OPENING],
] as const) {
  test(`connections from hundreds of hosts that ${what} keep no newcomer out for longer than 5 s`, async t => {
    const node = await startRealNode({transport: {limits: {maxPerHostPerSecond: 5}}});
    const port = Number(/tcp\/(\d+)/.exec(node.address)![1]);
    let isOver = false;
    const {opened, done} = attack(port, first, () => isOver);
    const end = Date.now() + SPAN;
    await sleep(3_000);
    const took: number[] = [];
    try {
      while (Date.now() < end) {
        const newcomer = await startRealNode({options: {bootnodes: [node.address]}});
        try {
          took.push(await ownTimeUntil(() => newcomer.network.peers().length === 1));
        } finally {
          await newcomer.network.stop();
        }
        // Five a second is what one host may have.
        await sleep(300);
      }
    } finally {
      isOver = true;
      await done;
      await node.network.stop();
    }
    t.diagnostic(
      `${opened()} half-handshakes, ${took.length} newcomers, the slowest in after ${Math.max(...took)} ms`,
    );
    assert.ok(opened() > 200);
    assert.ok(Math.max(...took) < 5_000, took.join());
  });
}
