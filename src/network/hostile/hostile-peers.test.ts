import "../../polyfills.ts";
import assert from "node:assert/strict";
import {after, before, describe, test} from "node:test";
import {ok} from "#base";
import {encodeAnnounce} from "../protocols/block-announces.ts";
import {encodeBlockRequest} from "../protocols/block-request.ts";
import {eventually} from "../test-kit/eventually.ts";
import {type RealNode, type RealNodeSetup, startRealNode} from "../test-kit/libp2p-node.ts";
import {type RawPeer, rawPeer} from "../test-kit/raw-peer.ts";
import {GENESIS} from "../test-kit/virtual-network.ts";

const MEBIBYTE = 1_024 * 1_024;

async function withHostile(
  setup: RealNodeSetup,
  run: (node: RealNode, peer: RawPeer) => Promise<void>,
): Promise<void> {
  const node = await startRealNode(setup);
  const peer = await rawPeer(node.address);
  try {
    await run(node, peer);
  } finally {
    await peer.stop();
    await node.network.stop();
  }
}

const scoreOf = ({network}: RealNode, {id}: RawPeer) =>
  network.snapshot().peers.find(({peer}) => peer === id)?.reputation ?? 0;
const announcement = (number: number) =>
  encodeAnnounce({
    header: {
      parentHash: GENESIS,
      number,
      stateRoot: GENESIS,
      extrinsicsRoot: GENESIS,
      digest: [],
    },
    isBest: false,
    data: new Uint8Array(0),
  });

describe("a hostile peer", () => {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  before(() => process.on("unhandledRejection", onRejection));
  after(() => {
    process.off("unhandledRejection", onRejection);
    assert.deepEqual(rejections, []);
  });

  test("that announces a handshake of 4 GiB is reset before a byte of it is waited for, and pays", () =>
    withHostile({}, async (node, peer) => {
      const raw = await peer.open("blockAnnounces");
      raw.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f));

      assert.equal((await raw.readFrame()).code, "gone");
      await eventually("it pays", () => scoreOf(node, peer) < -4_000);
    }));

  test("whose length has no end is reset", () =>
    withHostile({}, async (node, peer) => {
      const raw = await peer.open("grandpa");
      raw.write(new Uint8Array(20).fill(0x80));

      assert.equal((await raw.readFrame()).code, "gone");
      await eventually("it pays", () => scoreOf(node, peer) < -4_000);
    }));

  test("that says nothing on a substream gets no slot and is cut off by the idle rule", () =>
    withHostile({}, async (node, peer) => {
      const raws = await Promise.all([peer.open("blockAnnounces"), peer.open("blockAnnounces")]);
      const third = await peer.open("blockAnnounces").then(
        raw => raw.readFrame(),
        () => ({code: "gone"}),
      );
      assert.equal(third.code, "gone", "two at a time are enough");
      const reads = await Promise.all(raws.map(raw => raw.readFrame()));

      assert.deepEqual(
        reads.map(({code}) => code),
        ["gone", "gone"],
      );
      assert.deepEqual(node.accepted, []);
    }));

  test("that is on another chain is banned and cannot come back", () =>
    withHostile({}, async (node, peer) => {
      await peer.greet(new Uint8Array(32).fill(9)).catch(() => {});

      await eventually("it is off", () => !peer.isConnected());
      assert.equal(node.network.bans()[0]?.reason, "genesis-mismatch");
      await peer.redial().catch(() => {});
      await eventually("it is off again", () => node.transport.connections().length === 0);
    }));

  test("that sends garbage for announcements pays for each and is banned in the end", () =>
    withHostile({}, async (node, peer) => {
      const raw = await peer.greet();
      await eventually("it is in", () => node.accepted.length === 1);
      raw.writeFrame(Uint8Array.of(1, 2, 3));
      await eventually("it pays", () => scoreOf(node, peer) <= -4_000);

      for (let i = 0; i < 2; i++) node.network.report(peer.id, "block-invalid");
      node.network.report(peer.id, "block-invalid");
      await eventually("it is off", () => !peer.isConnected());
      await eventually("its slot is free", () => node.gone.length === 1);
    }));

  test("that floods announcements waits for us, and we hold little of it", () => {
    let heard = 0;
    const release: (() => void)[] = [];
    const announce = () => {
      heard++;
      return new Promise<void>(resolve => release.push(resolve));
    };
    return withHostile({events: {announce}}, async (node, peer) => {
      const raw = await peer.greet();
      await eventually("it is in", () => node.accepted.length === 1);
      const before = process.memoryUsage();
      const data = new Uint8Array(64 * 1_024);
      let written = 0;
      for (let number = 0; number < 2_000; number++) {
        if (raw.stream.writableNeedsDrain) break;
        raw.writeFrame(announcement(number));
        raw.writeFrame(data.fill(number & 0xff));
        written += data.length;
        if (number % 4 === 0) await new Promise(resolve => setImmediate(resolve));
      }

      assert.ok(raw.stream.writableNeedsDrain, `${written} bytes went through`);
      assert.ok(heard <= 4, `${heard} in work`);
      assert.ok(written < 8 * MEBIBYTE, `${written} bytes were taken`);
      const grown = process.memoryUsage().arrayBuffers - before.arrayBuffers;
      assert.ok(grown < 40 * MEBIBYTE, `${grown} bytes more`);
      assert.ok(peer.isConnected());
      for (const one of release) one();
    });
  });

  test("that asks for the same small thing without end pays and is refused", () =>
    withHostile(
      {requests: {blocks: async () => ok([{hash: GENESIS, header: GENESIS}])}},
      async (node, peer) => {
        await peer.greet();
        const request = encodeBlockRequest({
          attributes: {header: true},
          from: {number: 1},
          direction: "ascending",
        });
        const answers: string[] = [];
        for (let i = 0; i < 20; i++) {
          const raw = await peer.open("blocks");
          raw.writeFrame(request);
          void raw.stream.close();
          answers.push((await raw.readFrame()).code);
        }

        assert.deepEqual(answers.slice(0, 3), ["frame", "frame", "gone"]);
        assert.ok(answers.slice(2).every(code => code === "gone"));
        assert.ok(scoreOf(node, peer) < -15 * 1_000);
      },
    ));

  test("that opens requests in heaps has only a few of them answered", () => {
    let most = 0;
    let release = () => {};
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    const blocks = async () => {
      most++;
      await released;
      return ok([]);
    };
    return withHostile({requests: {blocks}}, async (node, peer) => {
      // More than ten streams before the connection stands would end it at once.
      await eventually("the connection stands", () => node.network.snapshot().peers.length > 0);
      let refused = 0;
      const answers = Array.from({length: 30}, async (_, number) => {
        const raw = await peer.open("blocks");
        raw.writeFrame(
          encodeBlockRequest({attributes: {header: true}, from: {number}, direction: "ascending"}),
        );
        const {code} = await raw.readFrame();
        if (code !== "frame") refused++;
        return code;
      });
      // While two are in work the others are refused; only then are these two answered.
      await eventually("all others are refused", () => refused === 28);
      release();
      const codes = await Promise.all(answers);
      assert.equal(codes.filter(code => code === "frame").length, 2);
      assert.equal(most, 2);
    });
  });

  test("that does not read what we send is disconnected, with little held for it", () =>
    withHostile({}, async (node, peer) => {
      await peer.greet();
      await eventually("grandpa is open", () =>
        node.network.snapshot().peers.some(({protocols}) => protocols.includes("grandpa")),
      );
      const before = process.memoryUsage().arrayBuffers;
      let sent = 0;
      while (node.network.sendGrandpa(peer.id, new Uint8Array(32 * 1_024)) && sent < 5_000) {
        if (++sent % 16 === 0) await new Promise(resolve => setImmediate(resolve));
      }

      assert.ok(sent < 1_000, `${sent} messages were taken`);
      assert.ok(process.memoryUsage().arrayBuffers - before < 40 * MEBIBYTE);
      await eventually("it is off", () => !peer.isConnected());
      await eventually("its slot is free", () => node.gone.length === 1);
    }));

  test("that makes many identities from one host is slowed down", async () => {
    const node = await startRealNode({transport: {limits: {maxPerHostPerSecond: 5}}});
    const peers = await Promise.allSettled(Array.from({length: 12}, () => rawPeer(node.address)));
    const connected = peers.filter(peer => peer.status === "fulfilled");
    assert.ok(connected.length < 12, "all twelve got in at once");
    for (const peer of peers) if (peer.status === "fulfilled") await peer.value.stop();
    await node.network.stop();
  });
});
