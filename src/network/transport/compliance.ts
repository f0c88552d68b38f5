import assert from "node:assert/strict";
import {describe, test} from "node:test";
import {unwrap, utf8Bytes} from "#base";
import {eventually} from "../test-kit/eventually.ts";
import {dial, type Network, type Node, text, withPair} from "./compliance-pair.ts";
import type {IncomingNotification, NotificationProtocol} from "./notifications.ts";
import {parsePeerAddress} from "./peer-address.ts";
import {describeRequests} from "./requests-compliance.ts";
import type {TransportHandlers} from "./transport.ts";

const NAME = "/test/notes/1";
const OLD_NAME = "/old/notes/1";
const MAX_MESSAGE = 64 * 1_024;
const OPENING = {
  names: [NAME],
  handshake: utf8Bytes("hello"),
  maxHandshake: 1_024,
  maxMessage: MAX_MESSAGE,
};

function notes(opened: (incoming: IncomingNotification) => void): NotificationProtocol {
  return {names: [NAME, OLD_NAME], maxHandshake: 1_024, maxMessage: MAX_MESSAGE, opened};
}

/** What every transport does. */
export function describeTransport(kind: string, network: Network): void {
  describeRequests(kind, network);
  const withNodes = (
    serveA: Partial<TransportHandlers>,
    serveB: Partial<TransportHandlers>,
    run: (a: Node, b: Node) => Promise<void>,
  ) => withPair(network, serveA, serveB, run);

  describe(`${kind} transport`, () => {
    test("a dial makes one connection that both sides see", () =>
      withNodes({}, {}, async (a, b) => {
        await dial(a, b);
        unwrap(await a.transport.dial(b.transport.addresses()[0]!));

        assert.deepEqual(
          a.transport.connections().map(({peer, direction}) => [peer, direction]),
          [[b.transport.peerId, "out"]],
        );
        assert.deepEqual(
          b.heard.connections.map(({peer, direction}) => [peer, direction]),
          [[a.transport.peerId, "in"]],
        );
        assert.equal(a.heard.connections.length, 1);
      }));

    test("the one who was dialled learns where the dialer listens", () =>
      withNodes({}, {}, async (a, b) => {
        await dial(a, b);

        await eventually("b knows", () => b.heard.discoveries.length > 0);
        const [found] = b.heard.discoveries;
        assert.deepEqual(
          found?.addresses.map(address => `${address}/p2p/${found.peer}`),
          a.transport.addresses(),
        );
      }));

    test("a dial says why it failed", () =>
      withNodes({}, {}, async (a, b) => {
        const {address} = parsePeerAddress(b.transport.addresses()[0]!)!;
        const stranger = await network.transport();
        const cases = {
          "wrong-peer": `${address}/p2p/${stranger.peerId}`,
          unreachable: network.nowhere,
          "address-invalid": "/ip4/no/where",
        };
        for (const [code, target] of Object.entries(cases)) {
          const dialled = await a.transport.dial(target);
          assert.equal(dialled.ok ? "ok" : dialled.error.code, code);
        }
        const aborted = await a.transport.dial(b.transport.addresses()[0]!, AbortSignal.abort());
        assert.equal(aborted.ok ? "ok" : aborted.error.code, "aborted");
      }));

    test("a peer that is not admitted gets no connection", () =>
      withNodes({}, {admits: () => false}, async (a, b) => {
        await a.transport.dial(b.transport.addresses()[0]!);
        const outward = await b.transport.dial(a.transport.addresses()[0]!);

        // Over sockets a dialer is through before the listener has made up its mind.
        await eventually("a has no connection", () => a.transport.connections().length === 0);
        assert.equal(outward.ok ? "ok" : outward.error.code, "refused");
        assert.equal(b.heard.connections.length, 0);
      }));

    test("handshakes are exchanged, then the opener's messages arrive in order", () => {
      const got: string[] = [];
      const opened = async (incoming: IncomingNotification) => {
        got.push(text(incoming.handshake));
        const source = incoming.accept(utf8Bytes("welcome"));
        for (let message = await source.next(); message; message = await source.next()) {
          got.push(text(message));
        }
      };
      return withNodes({}, {notifications: [notes(opened)]}, async (a, b) => {
        await dial(a, b);

        const sink = unwrap(await a.transport.openNotification(b.transport.peerId, OPENING));
        for (const message of ["one", "", "three"]) assert.ok(sink.send(utf8Bytes(message)));

        assert.equal(text(sink.handshake), "welcome");
        await eventually("all arrived", () => got.length === 4);
        assert.deepEqual(got, ["hello", "one", "", "three"]);
      });
    });

    test("each side may open a substream of its own, and an empty handshake is one", () => {
      const handshakes: Record<string, string> = {};
      const notesOf = (name: string) =>
        notes(incoming => {
          handshakes[name] = text(incoming.handshake);
          incoming.accept(new Uint8Array(0));
        });
      return withNodes(
        {notifications: [notesOf("a")]},
        {notifications: [notesOf("b")]},
        async (a, b) => {
          await dial(a, b);

          const empty = {...OPENING, handshake: new Uint8Array(0)};
          const forth = unwrap(await a.transport.openNotification(b.transport.peerId, OPENING));
          const back = unwrap(await b.transport.openNotification(a.transport.peerId, empty));

          assert.equal(forth.handshake.length, 0);
          assert.equal(back.handshake.length, 0);
          assert.deepEqual(handshakes, {a: "", b: "hello"});
        },
      );
    });

    test("a refusal, an unknown name and a timeout are told apart; an older name is tried", () => {
      const protocol = notes(incoming => {
        if (text(incoming.handshake) === "hello") incoming.accept(utf8Bytes("welcome"));
        if (text(incoming.handshake) === "no") incoming.refuse();
      });
      return withNodes({}, {notifications: [protocol]}, async (a, b) => {
        await dial(a, b);
        const open = async (more: Partial<typeof OPENING>, signal?: AbortSignal) => {
          const opening = {...OPENING, ...more};
          const opened = await a.transport.openNotification(b.transport.peerId, opening, signal);
          return opened.ok ? text(opened.value.handshake) : opened.error.code;
        };

        assert.equal(await open({handshake: utf8Bytes("no")}), "refused");
        assert.equal(await open({names: ["/new/notes/2"]}), "unsupported");
        assert.equal(await open({names: ["/new/notes/2", OLD_NAME]}), "welcome");
        assert.equal(
          await open({handshake: utf8Bytes("silence")}, AbortSignal.timeout(50)),
          "aborted",
        );
        assert.equal(await open({maxHandshake: 3}), "too-large");
      });
    });

    test("a handshake above the limit is a violation and is refused", () =>
      withNodes({}, {notifications: [notes(() => assert.fail("opened"))]}, async (a, b) => {
        await dial(a, b);

        const opening = {...OPENING, handshake: new Uint8Array(1_025)};
        const opened = await a.transport.openNotification(b.transport.peerId, opening);

        assert.equal(opened.ok ? "ok" : opened.error.code, "refused");
        assert.deepEqual(b.heard.violations, [
          {
            peer: a.transport.peerId,
            violation: {code: "handshake-too-large", protocol: NAME},
          },
        ]);
      }));

    test("an opener's close comes after what it sent; a receiver's close reaches the opener", () => {
      const incoming: IncomingNotification[] = [];
      return withNodes({}, {notifications: [notes(one => incoming.push(one))]}, async (a, b) => {
        await dial(a, b);
        const open = async () => {
          const opening = a.transport.openNotification(b.transport.peerId, OPENING);
          await eventually("it is there", () => incoming.length > 0);
          const source = incoming.pop()!.accept(new Uint8Array(0));
          return {sink: unwrap(await opening), source};
        };

        const first = await open();
        first.sink.send(utf8Bytes("last words"));
        first.sink.close();
        assert.equal(text(await first.source.next()), "last words");
        assert.equal(await first.source.next(), undefined);
        assert.equal(await first.source.closed, "closed-by-peer");
        assert.equal(await first.sink.closed, "closed");
        assert.equal(first.sink.send(utf8Bytes("more")), false);

        const second = await open();
        second.source.close();
        assert.equal(await second.sink.closed, "closed-by-peer");
        assert.equal(await second.source.next(), undefined);
      });
    });

    test("a message above the limit ends the substream before it is read", () => {
      const closed: string[] = [];
      const opened = async (incoming: IncomingNotification) => {
        const source = incoming.accept(new Uint8Array(0));
        assert.equal(await source.next(), undefined);
        closed.push(await source.closed);
      };
      return withNodes({}, {notifications: [notes(opened)]}, async (a, b) => {
        await dial(a, b);
        const opening = {...OPENING, maxMessage: 2 * MAX_MESSAGE};
        const sink = unwrap(await a.transport.openNotification(b.transport.peerId, opening));

        assert.equal(sink.send(new Uint8Array(2 * MAX_MESSAGE + 1)), false);
        assert.ok(sink.send(new Uint8Array(MAX_MESSAGE + 1)));

        assert.equal(await sink.closed, "reset");
        assert.deepEqual(closed, ["too-large"]);
      });
    });

    test("a slow reader gets everything, in order", () => {
      const COUNT = 200;
      const got: number[] = [];
      const opened = async (incoming: IncomingNotification) => {
        const source = incoming.accept(new Uint8Array(0));
        for (let message = await source.next(); message; message = await source.next()) {
          assert.equal(message.length, 16 * 1_024);
          got.push(message[0]!);
          await new Promise(resolve => setTimeout(resolve, 1));
        }
      };
      return withNodes({}, {notifications: [notes(opened)]}, async (a, b) => {
        await dial(a, b);
        const sink = unwrap(await a.transport.openNotification(b.transport.peerId, OPENING));

        for (let i = 0; i < COUNT; i++) {
          assert.ok(sink.send(new Uint8Array(16 * 1_024).fill(i)));
        }

        await eventually("all read", () => got.length === COUNT);
        assert.deepEqual(
          got,
          Array.from({length: COUNT}, (_, i) => i),
        );
      });
    });

    test("a reader that does not read is disconnected, and little was held for it", () =>
      withNodes(
        {},
        {notifications: [notes(incoming => void incoming.accept(new Uint8Array(0)))]},
        async (a, b) => {
          await dial(a, b);
          const sink = unwrap(await a.transport.openNotification(b.transport.peerId, OPENING));

          let sent = 0;
          while (sink.send(new Uint8Array(MAX_MESSAGE))) {
            if (++sent % 8 === 0) await new Promise(resolve => setTimeout(resolve, 1));
            assert.ok(sent < 1_000, "held without bound");
          }

          assert.equal(await sink.closed, "overflow");
          assert.ok(sent >= 64, `${sent} messages were taken`);
          await eventually("a dropped b", () => a.heard.disconnections.length === 1);
          await eventually("b saw it", () => b.heard.disconnections.length === 1);
        },
      ));

    test("a disconnection ends the substreams first, on both sides", () => {
      const events: string[] = [];
      const opened = (incoming: IncomingNotification) => {
        const source = incoming.accept(new Uint8Array(0));
        void source.closed.then(reason => events.push(`source ${reason}`));
      };
      return withNodes({}, {notifications: [notes(opened)]}, async (a, b) => {
        await dial(a, b);
        const sink = unwrap(await a.transport.openNotification(b.transport.peerId, OPENING));

        a.transport.disconnect(b.transport.peerId);

        assert.equal(await sink.closed, "disconnected");
        await eventually("b saw it", () => b.heard.disconnections.length === 1);
        await eventually("a saw it", () => a.heard.disconnections.length === 1);
        assert.match(events.join(), /^source (disconnected|reset)$/);
        assert.deepEqual(a.transport.connections(), []);
      });
    });

    test("a stopped transport is gone for others, and can start again", () =>
      withNodes({}, {}, async (a, b) => {
        await dial(a, b);
        await b.transport.stop();
        await eventually("a saw it", () => a.heard.disconnections.length === 1);
        assert.deepEqual(b.transport.addresses(), []);
        const dialled = await b.transport.dial(a.transport.addresses()[0]!);
        assert.equal(dialled.ok ? "ok" : dialled.error.code, "stopped");

        unwrap(await b.transport.start(b.heard));
        unwrap(await b.transport.dial(a.transport.addresses()[0]!));

        await eventually("a sees b again", () => a.heard.connections.length === 2);
      }));
  });
}
