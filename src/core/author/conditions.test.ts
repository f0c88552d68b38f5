import assert from "node:assert/strict";
import {test} from "node:test";
import {slot} from "#base";
import {mayAuthor, type Standing} from "./conditions.ts";

const chain = {
  head: {hash: new Uint8Array(32), number: 7, header: {digest: []}},
  lastFinalized: {hash: new Uint8Array(32), number: 7},
} as unknown as Parameters<typeof mayAuthor>[0];

function asked(standing: {peers: number; syncing?: boolean}, force: boolean, authorities = 4) {
  const others: Standing = {
    peers: () => standing.peers,
    isMajorSyncing: () => standing.syncing ?? false,
    syncTarget: () => 1_000,
  };
  const answer = mayAuthor(chain, others, {slot: slot(9), authorities, force});
  return answer.ok ? "yes" : answer.error.code;
}

test("without peers nobody authors but who is the only author, or is forced to", () => {
  assert.equal(asked({peers: 0}, false), "no-peers");
  assert.equal(asked({peers: 0}, false, 1), "yes");
  assert.equal(asked({peers: 0}, true), "yes");
  assert.equal(asked({peers: 1}, false), "yes");
});

test("nobody authors on an old head while catching up, forced or not", () => {
  assert.equal(asked({peers: 5, syncing: true}, false), "syncing");
  assert.equal(asked({peers: 5, syncing: true}, true), "syncing");
});
