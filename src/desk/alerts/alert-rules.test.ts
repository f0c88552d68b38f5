import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {coreForTests} from "../../core/test-kit/core-for-tests.ts";
import {kickForecast} from "../kick-forecast.ts";
import {deskForTests, makeNext} from "../test-kit/desk-for-tests.ts";
import type {CollatorStatus, SlotOutcome} from "../vocabulary.ts";
import {alertsOf} from "./alert-rules.ts";

const slots = (...outcomes: SlotOutcome[]) =>
  outcomes.map((outcome, i) => ({
    slot: 100 - i,
    at: millis(100 - i),
    outcome,
    block: undefined,
    detail: undefined,
  }));

const AROUND = {
  recent: slots("produced", "final"),
  isCollator: true,
  freeSpace: 100,
  minFreeSpace: 1,
  equivocations: 0,
};

async function healthy(): Promise<CollatorStatus> {
  const kit = await coreForTests(["Alice"]);
  const {desk, journal} = deskForTests(kit);
  await makeNext(kit, journal);
  return desk.status();
}

test("a collator that is well raises no alert, at a session's beginning neither", async () => {
  const status = await healthy();
  const alerts = (changes: Partial<CollatorStatus>) =>
    alertsOf({...AROUND, status: {...status, ...changes}}).map(({code}) => code);
  assert.deepEqual(alerts({}), []);
  const rules = {threshold: 40, minEligible: 1, period: 40, nextRotation: 1_600, authors: 4};
  const silentSince = (lastAuthored: number, best: number) => ({
    standing: {
      ...status.standing!,
      kick: kickForecast({kind: "Candidate", fate: "Kicked", lastAuthored}, {...rules, best}),
    },
  });
  assert.deepEqual(alerts(silentSince(1_559, 1_560)), []);
  assert.deepEqual(alerts(silentSince(1_559, 1_580)), ["kicked-soon"]);
});

test("three missed of the last own slots are an alert, until there are none any more", async () => {
  const status = await healthy();
  const missed = slots("out-of-time", "final", "no-peers", "no-peers", "silenced");
  const [alert] = alertsOf({...AROUND, status, recent: missed});
  assert.equal(alert?.sentence, "3 of the last 5 own slots missed: out-of-time, no-peers");
  assert.deepEqual(alertsOf({...AROUND, status, recent: missed.slice(1)}), []);
});

test("keys that are not there are an alert while blocks are expected, and not for who has left", async () => {
  const status = await healthy();
  const keys = {
    ...status.keys!,
    now: undefined,
    queued: undefined,
    verdict: "mismatch" as const,
  };
  const of = (kind: "Candidate" | "None") =>
    alertsOf({
      ...AROUND,
      status: {...status, keys, standing: {...status.standing!, kind, isActive: false}},
    }).map(({code}) => code);
  assert.deepEqual([of("Candidate"), of("None")], [["keys-missing"], []]);
});

test("who is told that finality stands still is told by their keys of whom it waits for, the first eight of them", async () => {
  const status = await healthy();
  const told = (voters: number) =>
    alertsOf({
      ...AROUND,
      status: {
        ...status,
        head: {
          ...status.head,
          stall: "26 blocks are not final",
          missingVoters: Array.from({length: voters}, (_, i) => ({
            key: new Uint8Array(32).fill(i),
            account: undefined,
          })),
        },
      },
    })[0]?.sentence;
  assert.equal(told(0), "26 blocks are not final");
  assert.equal(told(2), "26 blocks are not final; not heard of: 0x00000000, 0x01010101");
  assert.match(told(9)!, /, 0x07070707 …$/);
});
