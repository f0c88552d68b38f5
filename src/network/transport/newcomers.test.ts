import assert from "node:assert/strict";
import {test} from "node:test";
import {seededRandom} from "#base";
import {type Newcomer, Newcomers} from "./newcomers.ts";

const PLACES = 128;

/** Milliseconds for which an honest newcomer keeps its place while others come, each at its own moment. */
function placeKept({
  perSecond,
  hostOf,
  speaks,
}: {
  readonly perSecond: number;
  readonly hostOf: (i: number) => string;
  readonly speaks: boolean;
}): number {
  const newcomers = new Newcomers(PLACES);
  const random = seededRandom(18);
  let out: number | undefined;
  let now = 0;
  const come = (host: string, hasSpoken: boolean, giveWay: () => void) => {
    const newcomer: Newcomer = {host, since: now, hasSpoken: () => hasSpoken, giveWay};
    newcomers.enter(newcomer);
  };
  for (let i = 0; i < 20 * perSecond && out === undefined; i++) {
    now += (2 * random() * 1_000) / perSecond;
    come(hostOf(i), speaks, () => undefined);
    if (i === 5 * perSecond) {
      const since = now;
      come("honest", true, () => {
        out = now - since;
      });
    }
    assert.ok(newcomers.size <= PLACES);
  }
  return out ?? Number.POSITIVE_INFINITY;
}

test("silent ones from ever new hosts push out each other, and nobody who speaks", () => {
  assert.equal(placeKept({perSecond: 500, hostOf: i => `host${i}`, speaks: false}), Infinity);
});

test("against ones that speak and get nowhere a newcomer keeps its place for about places / arrivals", () => {
  const kept = placeKept({perSecond: 64, hostOf: i => `host${i}`, speaks: true});
  assert.ok(kept > 1_500, `${kept} ms`);
});

test("a few hosts with many connections each push out their own", () => {
  assert.equal(placeKept({perSecond: 500, hostOf: i => `host${i % 4}`, speaks: true}), Infinity);
});
