import assert from "node:assert/strict";
import {test} from "node:test";
import {foreignCoreForTests} from "../../core/test-kit/core-for-tests.ts";
import {deskForTests, makeNext} from "../../desk/test-kit/desk-for-tests.ts";
import {CollatorJson} from "../../rpc/shapes/collator-json.ts";
import {FOREIGN} from "../../runtime/test-kit/foreign/index.ts";
import type {SetJson, StatusJson} from "../desk/status-json.ts";
import {setLines} from "./set.ts";
import {statusLines} from "./status-lines.ts";

/** What is printed of a foreign chain whose metadata is silent about these pallets. */
async function printed(unpublished: readonly string[]) {
  const kit = await foreignCoreForTests(["Alice"], {unpublished});
  const {desk, journal} = deskForTests(kit);
  for (let i = 0; i < 2; i++) await makeNext(kit, journal);
  const json = new CollatorJson(FOREIGN.ss58Prefix);
  const over = <T>(answer: unknown): T => JSON.parse(JSON.stringify(answer)) as T;
  const {token} = FOREIGN;
  const status = statusLines(over<StatusJson>(json.status(desk.status())), token, kit.clock.now());
  const set = setLines(over<SetJson>(json.set(desk.set())), token, kit.clock.now());
  for (const line of [...status, ...set]) assert.doesNotMatch(line, /null|undefined|NaN/);
  return {status: status.join("\n"), set: set.join("\n")};
}

test("what another chain publishes is printed, and what it keeps to itself is unknown", async () => {
  const {status, set} = await printed([]);
  assert.match(
    status,
    /^ *session +0, block 2 of 10; the next one at block 10, about [0-9:]+ UTC$/m,
  );
  assert.match(status, /^ *authorities +4 keys take turns, 1 of them here$/m);
  assert.match(status, /^ *standing +invulnerable/m);
  assert.match(set, /^ *bond +100 TOY$/m);
  assert.match(set, /^ *kick +after 10 blocks of silence, and never below 1 collators$/m);
});

test("a chain without sessions and candidates has its lines too", async () => {
  const {status, set} = await printed(["Session", "CollatorSelection"]);
  assert.match(status, /^ *session +unknown$/m);
  assert.match(status, /^ *standing +unknown: this chain does not publish a set of collators$/m);
  assert.match(status, /^ *blocks +unknown$/m);
  assert.match(set, /^ *collators +unknown: this chain does not publish them$/m);
});

test("a chain of sessions alone tells who authors, of an unknown kind", async () => {
  const {status, set} = await printed(["CollatorSelection"]);
  assert.match(status, /^ *standing +unknown$/m);
  assert.match(set, /unknown +now, next/);
});
