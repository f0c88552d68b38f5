import assert from "node:assert/strict";
import {test} from "node:test";
import {setTimeout as sleep} from "node:timers/promises";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

interface Slot {
  readonly slot: number;
  readonly outcome: string;
  readonly detail?: string;
}

interface Status {
  readonly verdict: {readonly code: string; readonly sentence: string};
  readonly keys: {readonly verdict: string};
}

test("a collator that was killed knows afterwards which of its slots went by, and that it was down", async t => {
  const base = await temporaryFolder("slots");
  const chain = [
    "--chain=local",
    "--param=slot=400ms",
    "--param=session=200",
    "--rpc-port=0",
    "--port=0",
  ];
  // One node for three authors, which a flag each would not make.
  const theirs = await temporaryFolder("slots-others");
  for (const name of ["Bob", "Charlie", "Dave"]) {
    const place = ["--chain=local", `--base-path=${theirs}`];
    assert.equal((await runKhala(["keys", "insert", ...place, `--suri=//${name}`])).code, 0);
  }
  const others = await startKhala([
    ...[...chain, "--collator", `--base-path=${theirs}`, "--listen-addr=/ip4/127.0.0.1/tcp/0"],
    "--force-authoring",
  ]);
  t.after(() => others.stop());
  const [address] = await rpc<string[]>(others.url, "system_localListenAddresses", []);
  const flags = [
    ...[...chain, "--alice", `--base-path=${base}`, `--bootnodes=${address}`],
    "--listen-addr=/ip4/127.0.0.1/tcp/0",
  ];
  const slotsOf = (url: string) => rpc<Slot[]>(url, "collator_slots", [200]);
  const has = (slots: readonly Slot[], outcome: string) =>
    slots.some(each => each.outcome === outcome);
  const alice = await startKhala(flags);
  while (!has(await slotsOf(alice.url), "final")) await sleep(100);
  const before = await slotsOf(alice.url);
  await alice.stop("SIGKILL");
  await sleep(5_000);
  const again = await startKhala(flags);
  t.after(() => again.stop());
  const last = Math.max(...before.map(({slot}) => slot));
  const isDown = ({slot, outcome}: Slot) => outcome === "node-down" && slot > last;
  while (!(await slotsOf(again.url)).some(isDown)) await sleep(100);
  const after = await slotsOf(again.url);
  assert.ok(after.every(({slot}, i) => i === 0 || slot < after[i - 1]!.slot));
  // What was known before the kill is known still.
  const final = before.filter(({outcome}) => outcome === "final").map(({slot}) => slot);
  for (const slot of final) {
    assert.equal(after.find(each => each.slot === slot)?.outcome, "final");
  }
  // Four authors: each fourth slot is Alice's, and each has one record.
  const down = after.filter(({outcome}) => outcome === "node-down").map(({slot}) => slot);
  assert.ok(down.some(slot => slot > Math.max(...final)));
  assert.ok(after.every(({slot}) => slot % 4 === after[0]!.slot % 4));
  assert.equal(new Set(after.map(({slot}) => slot)).size, after.length);
  // Without peers at first; then the verdict is of what it missed or makes.
  const ask = () => rpc<Status>(again.url, "collator_status", []);
  let status = await ask();
  for (; status.verdict.code === "no-peers"; status = await ask()) await sleep(100);
  const {keys, verdict} = status;
  assert.equal(keys.verdict, "match");
  assert.match(verdict.code, /^(missing-slots|out-of-sync|producing|finality-stalled)$/);
});
