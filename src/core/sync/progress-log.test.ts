import assert from "node:assert/strict";
import {test} from "node:test";
import {describeProgress} from "./progress-log.ts";

const still = {rate: undefined, eta: undefined, waitingFor: undefined};

test("full sync is told in blocks, a warp in what it fetches, and waiting with its reason", () => {
  const full = {...still, stage: "downloading-blocks", best: 1_200, target: 5_000} as const;
  assert.equal(
    describeProgress("full", {...full, rate: 340.52, eta: 11.2}),
    "full: downloading blocks: block 1200 of 5000, 340.5 blocks/s, 12 s left",
  );
  const state = {...full, stage: "downloading-state", detail: "state 34 %, 12.0 MiB"} as const;
  assert.equal(describeProgress("warp", state), "warp: downloading state: state 34 %, 12.0 MiB");
  const waiting = {...full, stage: "waiting-for-peers", waitingFor: "peers"} as const;
  assert.equal(
    describeProgress("full", waiting),
    "full: waiting for peers: block 1200 of 5000, waits for peers",
  );
});
