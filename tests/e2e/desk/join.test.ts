import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {type DeskChain, startDeskChain} from "../../support/desk-chain.ts";
import {besideGuide} from "../../support/guide.ts";
import {rpc} from "../../support/rpc.ts";

let chain: DeskChain;
let charlie: string;

before(async () => {
  // As an operator has it: the port is for anybody, unsafe methods are at the socket.
  chain = await startDeskChain(["--rpc-methods=safe"]);
  charlie = chain.secretFile("charlie", "//Charlie");
});
after(() => chain?.stop());

const here = () => [`--url=${chain.node.url}`, `--base-path=${chain.basePath}`];
const collator = (command: string, ...args: string[]) =>
  chain.run(["collator", command, ...here(), ...args]);

test("what a wallet has to sign is printed, and nothing is sent", async () => {
  const address = "43tXcmhJfmvbczKaPKgWXirf3a9r6zD63KAxHq4CTSPm4DRf";
  const {code, stdout, stderr} = await collator(
    "join",
    `--account=${address}`,
    "--print-call",
    "--no-wait",
  );
  assert.equal(code, 0);
  // Alone, so that a script can hand it on.
  assert.match(stdout, /^0x030208[0-9a-f]+\n$/);
  assert.match(stderr, /^which is Utility\.batch_all\(Session\.set_keys\(0x[0-9a-f]{128}, 0x\), /m);
  assert.equal(await rpc(chain.node.url, "system_accountNextIndex", [address]), 0);
});

test("from a fresh base path to the first block in one command, as the guide shows it", async () => {
  const {code, stdout, stderr} = await collator("join", `--key-file=${charlie}`);
  assert.equal(code, 0, stdout + stderr);
  // The keys of the run before are used: nobody had registered them.
  assert.match(stderr, /made by the node in an earlier run/);
  const output = `${stderr}${stdout}`.replace(
    "made by the node in an earlier run",
    "made by the node",
  );
  const {guide, found} = besideGuide("join", output);
  assert.deepEqual(found, guide);
  const block = /^authored: block (\d+) (0x[0-9a-f]{64})/m.exec(stdout)!;
  assert.equal(await rpc(chain.alice.url, "chain_getBlockHash", [Number(block[1])]), block[2]);
});

test("run again it says where the collator stands, and sends nothing", async () => {
  const {code, stderr} = await collator("join", `--key-file=${charlie}`);
  assert.equal(code, 0);
  assert.match(stderr, /registered +a candidate already/);
  assert.doesNotMatch(stderr, /^ {2}sent/m);
});

test("status, set, rewards and keys tell the same story", async () => {
  const status = await collator("status");
  // On a busy machine a slot of 250 ms is missed now and then, and then it says so.
  assert.match(status.stdout, /^(Producing normally: |\d+ of the last \d+ own slots missed: )/);
  assert.equal(status.code, status.stdout.startsWith("Producing") ? 0 : 3);
  assert.match(status.stdout, /standing +candidate 1 of 1, 2 places, bond 16 PHA/);
  const json = JSON.parse((await collator("status", "--json")).stdout);
  assert.equal(json.standing.kind, "Candidate");

  const set = await collator("set");
  assert.match(set.stdout, /^account +is +bond/);
  assert.match(set.stdout, /invulnerable .*never kicked/);
  assert.match(
    set.stdout,
    /\(this node\) +candidate +16 PHA +now.* \d+ of \d+\.\d +(?:Kept: |Kept as long as |Kicked at block \d+ unless )/,
  );

  const csv = (await collator("rewards", "--csv")).stdout.trim().split("\n");
  assert.equal(csv[0], "block,hash,time,amount,pot_before,pot_after");
  assert.match(csv[1]!, /^\d+,0x[0-9a-f]{64},\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,\d+,\d+,\d+$/);
  assert.match(
    (await collator("rewards")).stdout,
    /own blocks among the last 1000: .* PHA received/,
  );

  const keys = await chain.run(["keys", "status", ...here()]);
  assert.equal(keys.code, 0);
  assert.match(keys.stdout, /^match: /);
  assert.match(keys.stdout, /active now +0x[0-9a-f]{64} +yes/);
});

test("keys are rotated, and it says when the new ones are active", async () => {
  const args = ["keys", "rotate", ...here(), `--key-file=${charlie}`];
  const {code, stdout, stderr} = await chain.run(args);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /sent +Session\.set_keys\(0x/);
  assert.match(stderr, /^queued: session \d+ now, active from session \d+, about /m);
  assert.match(stdout, /^active since session \d+; the old keys are needed no more$/m);
});

test("leaving says that the bond is free and when authoring ends, and waits for that", async () => {
  const {code, stdout, stderr} = await collator("leave", `--key-file=${charlie}`);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /bond +16 PHA, free from now on/);
  assert.match(stderr, /^leaving: session \d+ now, authoring ends with session \d+, about /m);
  assert.match(stdout, /^left: \w+ authors no more, and the node may be stopped$/m);
  const again = await collator("leave", `--key-file=${charlie}`);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /^not-registered: /m);
  const status = await collator("status");
  assert.equal(status.code, 3);
  assert.match(status.stdout, /khala collator join/);
});
