import assert from "node:assert/strict";
import {chmodSync} from "node:fs";
import {after, before, test} from "node:test";
import {setTimeout as wait} from "node:timers/promises";
import {timeServer} from "../../../src/core/clock/test-kit/time-server.ts";
import {chokedRelay} from "../../support/choked-relay.ts";
import {type DeskChain, startDeskChain} from "../../support/desk-chain.ts";
import {besideGuide} from "../../support/guide.ts";
import {startKhala} from "../../support/khala-process.ts";
import {relay} from "../../support/relaying-node.ts";
import {rpc} from "../../support/rpc.ts";

let chain: DeskChain;

before(async () => {
  chain = await startDeskChain();
});
after(() => chain?.stop());

const join = (args: readonly string[], stdin?: string) =>
  chain.run(["collator", "join", `--base-path=${chain.basePath}`, ...args], stdin);

/** What went wrong, without what was found in order before. */
const report = (stderr: string): string => stderr.replace(/^( {2}.*\n)+/, "");

/** The report of a run that has to end with 1, and says nothing on standard output: its code, and the rest. */
async function refusal(args: readonly string[], stdin?: string) {
  const {code, stdout, stderr} = await join(args, stdin);
  assert.equal(code, 1, stderr);
  assert.equal(stdout, "");
  return report(stderr);
}

/** Facts that are told in other words at another moment. */
const CHANGING = /^ {2}(left|leaving) /;

/** It is as the guide shows it. */
function assertInGuide(said: string): void {
  const code = said.split(":", 1)[0]!;
  const {guide, found} = besideGuide(code, said);
  const lasting = (lines: readonly string[]) => lines.filter(line => !CHANGING.test(line));
  assert.ok(found.length > 3);
  assert.deepEqual(lasting(found), lasting(guide), "UPDATE_DOCS=1 writes it anew");
}

const here = () => `--url=${chain.node.url}`;
const DAVE = ["--suri=//Dave"];

test("too little money is refused with the sum that is needed", async () => {
  const said = await refusal([here(), "--suri=-"], "//Nobody\n");
  assert.match(said, /^balance-too-low: /);
  assert.match(said, /free +0 PHA/);
  assert.match(
    said,
    /needed +16\.01\d+ PHA \(16 PHA bond \+ 0\.01 PHA to keep \+ 0\.00\d+ PHA fee\)/,
  );
  assert.match(said, /do +send 16\.01\d+ PHA or more/);
  assertInGuide(said);
});

test("a node that does not answer, or of another chain, is refused", async () => {
  assert.match(
    await refusal(["--url=ws://127.0.0.1:1", ...DAVE]),
    /^node-unreachable: [\s\S]*ECONNREFUSED/,
  );
  const other = await refusal([here(), "--genesis-hash=0x00", ...DAVE]);
  assert.match(
    other,
    /^chain-other: [\s\S]*found +Khala Development, genesis 0x[\s\S]*expected +0x00/,
  );
  assertInGuide(other);
  assert.match(await refusal([here(), "--chain=local", ...DAVE]), /^chain-other: /);
});

test("a chain whose runtime has another name or version is spoken to by its own metadata", async () => {
  const upgraded = await relay(chain.node.url, {
    state_getRuntimeVersion: version => ({
      ...(version as object),
      specName: "khala",
      specVersion: 1_999,
    }),
  });
  const {code, stderr} = await join([
    `--url=${upgraded.url}`,
    "--account=43tXcmhJfmvbczKaPKgWXirf3a9r6zD63KAxHq4CTSPm4DRf",
    "--print-call",
    "--no-wait",
  ]);
  upgraded.close();
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^which is Utility\.batch_all\(Session\.set_keys\(/m);
});

const OWN = ["--rpc-port=0", "--port=0", "--no-prometheus"];

test("a node that only follows the chain is refused", async () => {
  const follower = await startKhala(["--chain=dev", "--tmp", ...OWN]);
  const said = await refusal([`--url=${follower.url}`, ...DAVE]);
  assert.match(said, /^node-not-collating: [\s\S]*--collator/);
  await follower.stop();
});

test("a node whose clock a time server says to be off is refused", async () => {
  const server = await timeServer(4_000);
  const late = await startKhala(["dev", ...OWN, `--ntp-server=${server.host}:${server.port}`]);
  const paused = async () =>
    (await rpc<{clock: {isPaused: boolean}}>(late.url, "collator_status", [])).clock.isPaused;
  while (!(await paused())) await wait(50);
  const said = await refusal([`--url=${late.url}`, ...DAVE]);
  assert.match(said, /^clock-off: [\s\S]*offset +-?[34]\d{3} ms by ntp/);
  assertInGuide(said);
  await late.stop();
  server.close();
});

/** Bytes: several times what two nodes say to each other at first, and a part of what 400 blocks are. */
const ENOUGH_TO_GREET = 24_000;

test("a node that is catching up is refused", async t => {
  const peer = await startKhala(["dev", ...OWN, "--seal=manual"]);
  t.after(() => peer.stop());
  await rpc(peer.url, "dev_newBlock", [{count: 400}]);
  const [address] = await rpc<string[]>(peer.url, "system_localListenAddresses", []);
  const [, port, id] = /\/tcp\/(\d+)\/p2p\/(\w+)$/.exec(address!)!;
  // The peer hangs when it has said how far it is: of its blocks only a part comes through.
  const relay = await chokedRelay(Number(port), ENOUGH_TO_GREET);
  t.after(() => relay.close());
  const bootnode = `--bootnodes=/ip4/127.0.0.1/tcp/${relay.port}/p2p/${id}`;
  const behind = await startKhala(["dev", ...OWN, "--seal=manual", bootnode]);
  t.after(() => behind.stop());
  const isSyncing = async () =>
    (await rpc<{isSyncing: boolean}>(behind.url, "system_health", [])).isSyncing;
  while (!(await isSyncing())) await wait(5);
  const said = await refusal([`--url=${behind.url}`, ...DAVE]);
  assert.match(said, /^node-syncing: /);
  assertInGuide(said);
});

test("secrets come by file or standard input, and are in no message", async () => {
  const onLine = await join([here(), "--suri=bottom drive obey"]);
  assert.equal(onLine.code, 2);
  assert.match(onLine.stderr, /^secret-on-command-line: /);
  const wrong = await refusal([here(), "--suri=-"], "bottom drive wrong words\n");
  assert.match(wrong, /^secret-invalid: /);
  for (const said of [onLine.stderr, wrong]) assert.doesNotMatch(said, /bottom/);
  const file = chain.secretFile("open-to-all", "//Dave");
  chmodSync(file, 0o644);
  assert.match(
    await refusal([here(), `--key-file=${file}`]),
    /^key-file-exposed: [\s\S]*chmod 600/,
  );
  const nobody = await join([here()]);
  assert.equal(nobody.code, 2);
  assert.match(nobody.stderr, /^account-missing: /);
});

test("where the port refuses unsafe methods and no socket is found, it says how", async () => {
  const guarded = await startKhala([
    "dev",
    "--rpc-port=0",
    "--port=0",
    "--no-prometheus",
    "--rpc-methods=safe",
    "--rpc-socket=none",
  ]);
  const said = await refusal([`--url=${guarded.url}`, ...DAVE]);
  assert.match(
    said,
    /^unsafe-refused: [\s\S]*author_rotateKeys[\s\S]*--socket BASE-PATH\/chains\/ID\/rpc\.sock/,
  );
  await guarded.stop();
});

test("keys on the chain that the node lacks are not replaced unless it is told to; full is full", async () => {
  const dave = await join([here(), ...DAVE, "--no-wait"]);
  assert.equal(dave.code, 0, dave.stderr);
  // Alice's node holds others.
  const elsewhere = await refusal([`--url=${chain.alice.url}`, ...DAVE]);
  assertInGuide(elsewhere);
  assert.match(elsewhere, /^keys-mismatch: [\s\S]*on chain +0x[0-9a-f]{128}[\s\S]*--replace-keys/);
  const eve = await join([here(), "--suri=//Eve", "--no-wait"]);
  assert.equal(eve.code, 0, eve.stderr);
  const full = await refusal([here(), "--suri=//Ferdie"]);
  assertInGuide(full);
  assert.match(full, /^no-free-place: [\s\S]*places +2 of 2/);
  const keysBefore = await rpc(chain.node.url, "collator_set", []);
  assert.ok(JSON.stringify(keysBefore).includes("Candidate"));
});

test("an invulnerable has nothing to leave", async () => {
  const {code, stderr} = await chain.run(["collator", "leave", here(), "--suri=//Alice"]);
  assert.equal(code, 1);
  assert.match(report(stderr), /^appointed: /);
});
