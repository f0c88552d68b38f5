import assert from "node:assert/strict";
import {test} from "node:test";
import {TypeRegistry} from "@polkadot/types";
import fc from "fast-check";
import {bytesToHex, hex} from "#base";
import {decode, encode} from "#codec";
import {birth, death, era, IMMORTAL, mortalEra} from "./index.ts";

const blocks = fc.integer({min: 0, max: 2_000_000});
const wishes = fc.integer({min: 0, max: 200_000});

test("an immortal era is one zero byte, born with the chain and never dead", () => {
  assert.equal(bytesToHex(encode(era, IMMORTAL)), "0x00");
  assert.deepEqual(decode(era, hex("0x00")), {ok: true, value: IMMORTAL});
  assert.equal(birth(IMMORTAL, 1_234), 0);
  assert.equal(death(IMMORTAL, 1_234), Number.POSITIVE_INFINITY);
});

test("a period of 64 at block 42 is 0xa502, and one of 32,768 at 20,000 is 0x4e9c", () => {
  const short = mortalEra(64, 42);
  assert.deepEqual(short, {type: "Mortal", period: 64, phase: 42});
  assert.equal(bytesToHex(encode(era, short)), "0xa502");
  const long = mortalEra(32_768, 20_000);
  assert.deepEqual(long, {type: "Mortal", period: 32_768, phase: 20_000});
  assert.equal(bytesToHex(encode(era, long)), "0x4e9c");
});

test("a wish becomes the next power of two between 4 and 65,536", () => {
  const period = (wish: number) => {
    const made = mortalEra(wish, 0);
    return made.type === "Mortal" && made.period;
  };
  assert.deepEqual([0, 4, 5, 200, 65_536, 200_000].map(period), [4, 4, 8, 256, 65_536, 65_536]);
});

test("an era of four blocks from block 6 is born at 6, 10, 14", () => {
  const value = mortalEra(4, 6);
  assert.deepEqual(
    [6, 7, 9, 10].map(current => birth(value, current)),
    [6, 6, 6, 10],
  );
  assert.deepEqual(
    [6, 7, 9, 10].map(current => death(value, current)),
    [10, 10, 10, 14],
  );
});

test("bytes that are no era are refused", () => {
  for (const bytes of ["0x", "0x01", "0x1000", "0x4100", "0xf5ff"]) {
    assert.equal(decode(era, hex(bytes)).ok, false, bytes);
  }
});

test("every era that can be made survives being written and read, and is alive where it was made", () => {
  fc.assert(
    fc.property(wishes, blocks, (wish, current) => {
      const value = mortalEra(wish, current);
      assert.deepEqual(decode(era, encode(era, value)), {ok: true, value});
      assert.ok(birth(value, current) <= current);
      assert.ok(current < death(value, current));
    }),
  );
});

test("eras are those that another program makes, writes and dates", () => {
  const registry = new TypeRegistry();
  fc.assert(
    fc.property(fc.integer({min: 4, max: 65_536}), blocks, (period, current) => {
      const ours = mortalEra(period, current);
      const theirs = registry.createType("ExtrinsicEra", {period, current});
      assert.deepEqual(encode(era, ours), theirs.toU8a());
      // Its own objects forget to round a long era's phase, so what it reads back is the measure.
      const read = registry.createType("ExtrinsicEra", theirs.toU8a()).asMortalEra;
      assert.equal(birth(ours, current), read.birth(current));
      assert.equal(death(ours, current), read.death(current));
    }),
    {numRuns: 50},
  );
});
