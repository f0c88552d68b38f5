import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {millis, VirtualClock} from "#base";
import {Budget} from "../budgets/index.ts";
import {Arrivals} from "./arrivals.ts";
import {OPCODE, readHead} from "./frame-head.ts";
import {MessageIntake} from "./message-intake.ts";

interface Frame {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly payload: Uint8Array;
}

const MASK = [1, 2, 3, 250];

function encodeFrame({opcode, isFinal, payload}: Frame): Buffer {
  const {length} = payload;
  const long = length > 65_535 ? 127 : length > 125 ? 126 : length;
  const lengthBytes = long === 127 ? 8 : long === 126 ? 2 : 0;
  const head = Buffer.alloc(2 + lengthBytes + 4);
  head[0] = (isFinal ? 0x80 : 0) | opcode;
  head[1] = 0x80 | long;
  if (long === 126) head.writeUInt16BE(length, 2);
  if (long === 127) head.writeBigUInt64BE(BigInt(length), 2);
  head.set(MASK, 2 + lengthBytes);
  return Buffer.concat([head, Buffer.from(payload.map((byte, i) => byte ^ MASK[i & 3]!))]);
}

/** What `ws` would make of what is forwarded. */
function decodeFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = readHead(bytes, at);
    assert.ok(typeof head === "object");
    const start = at + head.headLength;
    const mask = bytes.subarray(start - 4, start);
    at = start + head.payloadLength;
    assert.ok(at <= bytes.length, "whole frames only");
    const payload = new Uint8Array(bytes.subarray(start, at)).map((byte, i) => byte ^ mask[i & 3]!);
    frames.push({opcode: head.opcode, isFinal: head.isFinal, payload});
  }
  return frames;
}

function createIntake({limit = 1_000_000, maxBytes = 100_000} = {}) {
  const clock = new VirtualClock(millis(0));
  const budget = new Budget({limit, reserve: 0, small: 0});
  const arrivals = new Arrivals(clock);
  const forwarded: Buffer[] = [];
  const refused: string[] = [];
  let slow = 0;
  const intake: MessageIntake = new MessageIntake({
    maxBytes,
    budget,
    arrivals,
    forward(bytes) {
      forwarded.push(Buffer.from(bytes));
      intake.takeHolding()?.release();
    },
    onRefused: why => refused.push(why),
    onTooSlow: () => slow++,
    isHeldUp: () => false,
  });
  const frames = () => decodeFrames(Buffer.concat(forwarded));
  return {intake, budget, arrivals, clock, forwarded, refused, frames, slow: () => slow};
}

const payload = fc.uint8Array({maxLength: 300});
const message = fc
  .tuple(fc.constantFrom(OPCODE.text, OPCODE.binary), fc.array(payload, {minLength: 1}))
  .map(([opcode, pieces]) => ({opcode, pieces}));
const ping = fc.uint8Array({maxLength: 125});

test("however frames are cut and joined, the same messages and pings come out, and nothing stays held", () => {
  const property = fc.property(
    fc.array(fc.tuple(message, ping)),
    fc.integer({min: 1, max: 400}),
    (sent, step) => {
      const {intake, frames, budget} = createIntake();
      const wire: Buffer[] = [];
      for (const [{opcode, pieces}, pinged] of sent) {
        for (const [i, piece] of pieces.entries()) {
          const isFinal = i === pieces.length - 1;
          wire.push(encodeFrame({opcode: i === 0 ? opcode : 0, isFinal, payload: piece}));
          if (i === 0)
            wire.push(encodeFrame({opcode: OPCODE.ping, isFinal: true, payload: pinged}));
        }
      }
      const all = Buffer.concat(wire);
      for (let at = 0; at < all.length; at += step) intake.take(all.subarray(at, at + step));
      const got = frames();
      const of = (control: boolean) => got.filter(({opcode}) => opcode >= 8 === control);
      assert.deepEqual(
        of(false),
        sent.map(([{opcode, pieces}]) => ({
          opcode,
          isFinal: true,
          payload: new Uint8Array(Buffer.concat(pieces)),
        })),
      );
      assert.deepEqual(
        of(true).map(frame => frame.payload),
        sent.map(([, pinged]) => pinged),
      );
      assert.equal(budget.used, 0);
    },
  );
  fc.assert(property, {numRuns: 200});
});

test("a message in frames of one byte holds about a byte a byte", () => {
  const {intake, budget} = createIntake();
  const piece = (opcode: number, isFinal: boolean) =>
    encodeFrame({opcode, isFinal, payload: Uint8Array.of(7)});
  intake.take(piece(OPCODE.text, false));
  for (let i = 1; i < 50_000; i++) intake.take(piece(OPCODE.continuation, false));
  assert.ok(budget.used >= 50_000 && budget.used <= 100_000, String(budget.used));
  intake.close();
  assert.equal(budget.used, 0);
});

test("a message beyond the limit is refused as soon as that is known, goes by unkept, and the next is taken", () => {
  const {intake, budget, refused, frames} = createIntake({maxBytes: 1_000});
  const tooLong = encodeFrame({
    opcode: OPCODE.text,
    isFinal: true,
    payload: new Uint8Array(70_000),
  });
  intake.take(tooLong.subarray(0, 20));
  assert.deepEqual([refused, budget.used], [["too-big"], 0]);
  intake.take(tooLong.subarray(20));
  const next = {opcode: OPCODE.text, isFinal: true, payload: Uint8Array.of(1)};
  intake.take(encodeFrame(next));
  assert.deepEqual([frames(), refused.length], [[next], 1]);
});

test("where all requests together are too much the longest one that is arriving is refused", () => {
  const {intake, budget, refused} = createIntake({limit: 50_000});
  const other = budget.open(() => assert.fail("it holds less"));
  const long = encodeFrame({opcode: OPCODE.text, isFinal: true, payload: new Uint8Array(40_000)});
  intake.take(long.subarray(0, -1));
  assert.ok(other.resize(30_000));
  assert.deepEqual([refused, budget.used], [["busy"], 30_000]);
  intake.take(encodeFrame({opcode: OPCODE.ping, isFinal: true, payload: new Uint8Array(0)}));
});

test("what breaks the protocol is left to ws, and nothing after it is looked at", () => {
  const one = {opcode: OPCODE.text, isFinal: false, payload: Uint8Array.of(1)};
  for (const wrong of [
    [Buffer.of(0x83, 0x80, 0, 0, 0, 0)],
    [Buffer.of(0x81, 0x01, 0)],
    [Buffer.of(0xc1, 0x81, 0)],
    [Buffer.of(0x89, 0xfe, 0, 0)],
    [Buffer.of(0x81, 0xff, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0)],
    [encodeFrame({opcode: OPCODE.continuation, isFinal: true, payload: Uint8Array.of(1)})],
    [encodeFrame(one), encodeFrame(one)],
  ]) {
    const {intake, forwarded, budget} = createIntake();
    for (const bytes of wrong) for (const byte of bytes) intake.take(Buffer.of(byte));
    intake.take(Buffer.alloc(100));
    assert.equal(forwarded.length, 1);
    assert.equal(budget.used, 0);
  }
});

test("a message that hardly moves is given up, one that comes slowly but steadily is not", () => {
  const {intake, arrivals, clock, slow} = createIntake();
  const long = encodeFrame({opcode: OPCODE.text, isFinal: true, payload: new Uint8Array(90_000)});
  let at = 0;
  const seconds5 = (bytes: number) => {
    intake.take(long.subarray(at, at + bytes));
    at += bytes;
    clock.advanceTo(millis(clock.now() + 5_000));
    arrivals.look();
  };
  seconds5(10);
  seconds5(20_480);
  seconds5(20_480);
  assert.equal(slow(), 0);
  seconds5(20_479);
  assert.equal(slow(), 1);
  seconds5(0);
  assert.equal(slow(), 1, "it is told once");
});
