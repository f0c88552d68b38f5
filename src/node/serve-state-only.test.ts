import assert from "node:assert/strict";
import {test} from "node:test";
import {hex, type Logger, ok} from "#base";
import type {Runtimes} from "#core";
import {createPortableHashing} from "#crypto";
import {memoryState} from "#state";
import type {NodeConfiguration} from "./configuration.ts";
import {serveStateOnly} from "./serve-state-only.ts";

const AURA = hex("0xdd718d5cc53262d4");
const BABE = hex("0xcbca25e39f142387");
const COLLATION = hex("0xea93e3f16f3d6962");

/** What is looked at of a node that collates, listens and tells a telemetry server of it. */
const ASKED = {
  collator: true,
  seal: {kind: "manual"},
  network: {listen: [["/ip4/127.0.0.1/tcp/0"]], bootnodes: ["/dns/example.org"]},
  telemetry: [{url: new URL("wss://example.org"), verbosity: 0}],
} as unknown as NodeConfiguration;

function served(apis: readonly Uint8Array[]) {
  const state = memoryState([], data => createPortableHashing().blake2b256(data));
  const version = {specName: "somewhere", apis: apis.map(id => [id, 1] as const)};
  const runtimes = {runtimeOf: () => ok({version})} as unknown as Runtimes;
  const store = {best: {hash: new Uint8Array(32), number: 0}, stateAt: () => state} as never;
  const said: string[] = [];
  const logger: Logger = {log: (_, __, message) => said.push(message)};
  return {configuration: serveStateOnly(ASKED, store, runtimes, logger), said};
}

test("of a chain that lives by a relay chain no block is made and nobody is dialled, and it is said", () => {
  const {configuration, said} = served([AURA, COLLATION]);
  assert.equal(configuration.collator, false);
  assert.deepEqual(configuration.seal, {kind: "slots"});
  assert.deepEqual(configuration.network.listen, []);
  assert.equal("telemetry" in configuration, false);
  assert.deepEqual(configuration.finality, {kind: "at-once"});
  assert.equal(said.length, 1);
  assert.match(said[0]!, /^somewhere needs a relay chain/);
});

test("nor of one whose authors do not take turns by Aura, and it is said by what they do where that is known", () => {
  for (const [apis, words] of [
    [[], /^authors of somewhere do not take turns by Aura: /],
    [[BABE], /^authors of somewhere do not take turns by Aura but by BABE: /],
  ] as const) {
    const {configuration, said} = served(apis);
    assert.deepEqual([configuration.collator, configuration.isStateOnly], [false, true]);
    assert.deepEqual(configuration.network.listen, []);
    assert.match(said[0]!, words);
  }
});

test("of a chain of its own everything is as it was asked for", () => {
  const {configuration, said} = served([AURA]);
  assert.equal(configuration, ASKED);
  assert.deepEqual(said, []);
});
