import assert from "node:assert/strict";
import {describe, test} from "node:test";
import {equalBytes, millis, unwrap, utf8Bytes} from "#base";
import {eventually} from "../test-kit/eventually.ts";
import {dial, type Network, type Node, text, withPair} from "./compliance-pair.ts";
import type {OutgoingRequest, RequestProtocol} from "./requests.ts";

const ASK = "/test/ask/1";
const asking = (request: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  names: [ASK],
  request: utf8Bytes(request),
  maxResponse: 4 * 1_024 * 1_024,
  timeout: millis(5_000),
  ...more,
});

function answering(answer: RequestProtocol["answer"]): RequestProtocol {
  return {names: [ASK, "/old/ask/1"], maxRequest: 1_024, maxInFlight: 4, answer};
}

/** How every transport carries requests. */
export function describeRequests(kind: string, network: Network): void {
  describe(`${kind} transport's requests`, () => {
    test("a request gets its response, also a large one", () => {
      const protocol = answering(async (_, request) =>
        text(request) === "large" ? new Uint8Array(3_000_000).fill(7) : utf8Bytes("pong"),
      );
      return withPair(network, {}, {requests: [protocol]}, async (a, b) => {
        await dial(a, b);
        const ask = (request: OutgoingRequest) =>
          a.transport.request(b.transport.peerId, request).then(unwrap);

        assert.equal(text(await ask(asking("ping"))), "pong");
        assert.equal(text(await ask(asking("ping", {names: ["/new", "/old/ask/1"]}))), "pong");
        const large = await ask(asking("large"));
        assert.ok(equalBytes(large, new Uint8Array(3_000_000).fill(7)));
      });
    });

    test("what goes over the wire is counted at both ends, in both directions", () => {
      const protocol = answering(async () => new Uint8Array(100_000).fill(7));
      return withPair(network, {}, {requests: [protocol]}, async (a, b) => {
        await dial(a, b);
        const before = {a: {...a.transport.traffic}, b: {...b.transport.traffic}};
        const asked = asking("large", {request: new Uint8Array(1_000)});
        unwrap(await a.transport.request(b.transport.peerId, asked));

        const gained = ({transport}: Node, {in: received, out}: {in: number; out: number}) => ({
          in: transport.traffic.in - received,
          out: transport.traffic.out - out,
        });
        const [ofA, ofB] = [gained(a, before.a), gained(b, before.b)];
        // Frames and encryption add to it, by far less than the tenth.
        for (const bytes of [ofA.in, ofB.out]) assert.ok(bytes >= 100_000 && bytes < 110_000);
        for (const bytes of [ofA.out, ofB.in]) assert.ok(bytes >= 1_000 && bytes < 10_000);
      });
    });

    test("a request says why it has no response", () => {
      const signals: AbortSignal[] = [];
      const protocol = answering((_, request, signal) => {
        const asked = text(request);
        if (asked === "refuse") return Promise.resolve(undefined);
        if (asked === "large") return Promise.resolve(new Uint8Array(2_000));
        signals.push(signal);
        return new Promise(() => {});
      });
      return withPair(network, {}, {requests: [protocol]}, async (a, b) => {
        await dial(a, b);
        const ask = async (request: OutgoingRequest, signal?: AbortSignal) => {
          const answered = await a.transport.request(b.transport.peerId, request, signal);
          return answered.ok ? "ok" : answered.error.code;
        };

        assert.equal(await ask(asking("refuse")), "refused");
        assert.equal(await ask(asking("x", {names: ["/unknown"]})), "unsupported");
        assert.equal(await ask(asking("large", {maxResponse: 1_999})), "too-large");
        // Long enough for it to arrive on a busy machine: else nobody is told.
        assert.equal(await ask(asking("wait", {timeout: millis(500)})), "timeout");
        await eventually("the server is told", () => signals[0]?.aborted === true);
        const patience = new AbortController();
        const given = ask(asking("wait"), patience.signal);
        await eventually("it has arrived", () => signals.length === 2);
        patience.abort();
        assert.equal(await given, "aborted");
        assert.equal(await ask(asking("x".repeat(1_025))), "refused");
        assert.deepEqual(b.heard.violations.at(-1)?.violation, {
          code: "request-too-large",
          protocol: ASK,
        });
        const asked = ask(asking("wait"));
        await eventually("it is being answered", () => signals.length === 3);
        b.transport.disconnect(a.transport.peerId);
        assert.match(await asked, /^(disconnected|refused)$/);
        await eventually("a saw it", () => a.heard.disconnections.length === 1);
        assert.equal(await ask(asking("x")), "disconnected");
      });
    });

    test("requests above the number in flight are refused", () => {
      const answers: (() => void)[] = [];
      const protocol = answering(
        () => new Promise(resolve => answers.push(() => resolve(new Uint8Array(1)))),
      );
      return withPair(network, {}, {requests: [protocol]}, async (a, b) => {
        await dial(a, b);
        const ask = () => a.transport.request(b.transport.peerId, asking("x"));

        const four = [ask(), ask(), ask(), ask()];
        await eventually("four are being answered", () => answers.length === 4);
        const fifth = await ask();
        for (const answer of answers) answer();

        assert.equal(fifth.ok ? "ok" : fifth.error.code, "refused");
        for (const one of four) assert.ok((await one).ok);
      });
    });
  });
}
