import assert from "node:assert/strict";
import {test} from "node:test";
import type {BlockRef} from "../core/chain/chain-events.ts";
import type {CollatorStatus, KeyStatus} from "./vocabulary.ts";
import {type KeyReadiness, keyReadiness, watchKeys} from "./watch-keys.ts";

type Facts = Pick<CollatorStatus, "keys" | "standing" | "stoppedKeys" | "authorities">;
const NONE = {stoppedKeys: [], authorities: undefined};

const standing = (isActive: boolean) =>
  ({kind: "Invulnerable", isActive}) as NonNullable<Facts["standing"]>;
const keys = (verdict: KeyStatus["verdict"]): KeyStatus => ({
  now: undefined,
  queued: undefined,
  next: undefined,
  verdict,
  sentence: "As it stands.",
});

test("a collator without a key, or without the ones that are expected, lacks them", () => {
  const nobody: Facts = {...NONE, keys: undefined, standing: undefined};
  assert.equal(keyReadiness(nobody, false).kind, "lacking");
  assert.equal(keyReadiness(nobody, true).kind, "waiting");
  const other: Facts = {...NONE, keys: keys("mismatch"), standing: standing(true)};
  assert.deepEqual(keyReadiness(other, true), {kind: "lacking", text: "As it stands."});
  assert.equal(
    keyReadiness({...NONE, keys: keys("will-match"), standing: standing(false)}, true).kind,
    "waiting",
  );
  assert.equal(
    keyReadiness({...NONE, keys: keys("match"), standing: standing(true)}, true).kind,
    "active",
  );
});

test("a collator with a key that another node signs with does not pass for one that authors", () => {
  const stopped = {keyType: "aura", publicKey: new Uint8Array(32), what: "a block"} as never;
  const facts: Facts = {
    ...NONE,
    keys: keys("match"),
    standing: standing(true),
    stoppedKeys: [stopped],
  };
  assert.equal(keyReadiness(facts, true).kind, "stopped");
});

test("what is lacking is a warning at once and once in each session, until it is there", () => {
  const said: string[] = [];
  let listener: (best: BlockRef) => void = () => assert.fail("nobody listens");
  let [index, isSyncing]: [number, boolean] = [0, false];
  let readiness: KeyReadiness = {kind: "lacking", text: "None."};
  let stopped = false;
  const stop = watchKeys({
    readiness: () => readiness,
    session: () => ({index, nextRotationBlock: 10 * (index + 1)}),
    isSyncing: () => isSyncing,
    onBest(given) {
      listener = given;
      return () => {
        stopped = true;
      };
    },
    logger: {
      log: (level, target, message, fields) =>
        said.push(`${level} ${target} ${fields?.session} ${message.includes("None.")}`),
    },
  });
  const best = (number: number) => {
    index = Math.floor(number / 10);
    listener({number, hash: new Uint8Array(32)});
  };
  assert.deepEqual(said, ["warn keys 0 true"]);
  for (let number = 1; number <= 21; number++) best(number);
  assert.deepEqual(said.slice(1), ["warn keys 1 true", "warn keys 2 true"]);
  isSyncing = true;
  for (const number of [30, 40]) best(number);
  assert.equal(said.length, 3, "sessions of the past are no news");
  isSyncing = false;
  best(41);
  assert.equal(said.at(-1), "warn keys 4 true");
  readiness = {kind: "active"};
  best(50);
  assert.equal(said.length, 4);
  stop();
  assert.ok(stopped);
});
