import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {unwrap} from "#base";
import {u32, unit} from "#codec";
import {decodeSs58} from "#crypto";
import type {ChainDescription} from "#description";
import type {Command} from "../command.ts";
import {type Desk, openDesk} from "../desk/desk.ts";
import {OperatorCalls} from "../desk/operator-calls.ts";
import {runAtDesk} from "../desk/run-at-desk.ts";
import {sendCall} from "../desk/send-call.ts";
import {parseFlags} from "../flags/index.ts";
import {keysCommands} from "../keys/index.ts";
import {type ForeignNode, startForeignNode} from "../test-kit/foreign-node.ts";
import {recordedTerminal} from "../test-kit/recorded-terminal.ts";
import {collatorCommands} from "./index.ts";
import {join as joinCollators} from "./join.ts";

let foreign: ForeignNode;
let folder: string;
const stateHome = process.env.XDG_STATE_HOME;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "khala-foreign-"));
  process.env.XDG_STATE_HOME = folder;
  foreign = await startForeignNode();
});
after(async () => {
  await foreign?.stop();
  rmSync(folder, {recursive: true, force: true});
  if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
  else process.env.XDG_STATE_HOME = stateHome;
});

/** A desk at the foreign chain's node, with what it says; `change` makes another chain of it. */
async function atDesk(
  args: readonly string[],
  act: (desk: Desk) => Promise<unknown>,
  change: (description: ChainDescription) => ChainDescription = description => description,
) {
  const terminal = recordedTerminal();
  const flags = collatorCommands.find(({name}) => name === "collator join")!.flags;
  const values = unwrap(parseFlags([`--url=${foreign.url}`, ...args], flags));
  const code = await runAtDesk(values, terminal, async link => {
    const desk = await openDesk(link, values, terminal);
    const description = change(desk.chain.description);
    const chain = {...desk.chain, description};
    await act({...desk, chain, calls: new OperatorCalls(description)});
    return 0;
  });
  return {code, said: terminal.shown.join("\n"), failed: terminal.errors.join("\n")};
}

const without =
  (pallet: string) =>
  (description: ChainDescription): ChainDescription => ({
    ...description,
    pallets: description.pallets.filter(({name}) => name !== pallet),
  });

/** Runs a command against the foreign chain's node, as the program does. */
async function run(commands: readonly Command[], name: string, ...args: string[]) {
  const command = commands.find(each => each.name === name)!;
  const terminal = recordedTerminal();
  const values = unwrap(parseFlags([`--url=${foreign.url}`, ...args], command.flags));
  const code = await command.run(values, terminal, undefined);
  const {lines, errors, shown} = terminal;
  return {code, lines, said: shown.join("\n"), failed: errors.join("\n")};
}

const collator = (name: string, ...args: string[]) =>
  run(collatorCommands, `collator ${name}`, ...args);
const keys = (name: string, ...args: string[]) => run(keysCommands, `keys ${name}`, ...args);

const addressIn = (said: string): string => /^ {2}account +(\w+)$/m.exec(said)?.[1] ?? "";

test("keys are as many as the chain's runtime has, and the call to register them is the chain's own", async () => {
  const {code, said} = await keys("rotate");
  assert.equal(code, 0, said);
  assert.match(said, /^0x[0-9a-f]{64}$/m);
  // Session is the pallet 22 there, and set_keys its call 0: one key, and no proof.
  assert.match(said, /^as call data: 0x1600[0-9a-f]{64}00$/m);
});

test("an account becomes a collator of a chain that this program knows by its metadata alone", async () => {
  const {code, said, failed} = await collator("join", "--suri=//Dave");
  assert.equal(code, 0, said + failed);
  assert.match(said, /node +toy-node 1\.2\.3 at ws:/);
  assert.match(said, /chain +Toyland, genesis 0x/);
  const address = decodeSs58(addressIn(said));
  assert.equal(address.ok && address.value.prefix, 77);
  assert.match(
    said,
    /balance +100,000 TOY free, 50\.\d+ TOY needed \(50 TOY bond \+ 0\.0001 TOY to keep \+ [\d.]+ TOY fee\)/,
  );
  assert.match(said, /places +0 of 5 taken/);
  assert.match(said, /keys +0x[0-9a-f]{64}, made by the node/);
  assert.match(said, /sent +Utility\.batch_all\(Session\.set_keys\(0x[0-9a-f]{64}, 0x\), Coll/);
  // How long a session is the chain does not publish, so no moment is made up.
  assert.match(said, /^queued: session \d+ now, authoring from session \d+$/m);
  assert.match(said, /^authored: block \d+ 0x[0-9a-f]{64}; \w+ collates$/m);
  const authored = Number(/^authored: block (\d+)/m.exec(said)?.[1]);
  assert.ok(foreign.best() > authored, "a block has been built on it");
});

test("run again it says that the account is a candidate already, and sends nothing", async () => {
  const {code, said} = await collator("join", "--suri=//Dave", "--no-wait");
  assert.equal(code, 0, said);
  assert.match(said, /registered +a candidate already/);
  assert.doesNotMatch(said, /^ {2}sent/m);
});

test("with --json standard output is the result on one line, and nothing else", async () => {
  const {lines, failed} = await collator("join", "--suri=//Dave", "--json");
  const {calls, isRegistered, authored} = JSON.parse(lines.join("\n"));
  assert.deepEqual([calls, isRegistered], [[], true]);
  assert.match(authored.hash, /^0x[0-9a-f]{64}$/);
  assert.match(failed, /registered +a candidate already/);
});

test("keys of a collator are rotated, and it says from when on the new ones sign", async () => {
  const {code, said, failed} = await keys("rotate", "--suri=//Dave");
  assert.equal(code, 0, said + failed);
  assert.match(said, /sent +Session\.set_keys\(0x[0-9a-f]{64}, 0x\)/);
  assert.match(said, /^queued: session \d+ now, active from session \d+; the old keys sign/m);
  assert.match(said, /^active since session \d+; the old keys are needed no more$/m);
});

test("too little money is told in the chain's own token", async () => {
  const {code, failed} = await collator("join", "--suri=//Nobody");
  assert.equal(code, 1);
  assert.match(failed, /^balance-too-low: /m);
  assert.match(failed, /free +0 TOY/);
  assert.match(failed, /missing +50\.\d+ TOY/);
});

test("a collator leaves, with its bond in the chain's token, and is followed to its last session", async () => {
  const {code, said, failed} = await collator("leave", "--suri=//Dave");
  assert.equal(code, 0, said + failed);
  assert.match(said, /bond +50 TOY, free from now on/);
  assert.match(said, /^leaving: session \d+ now, authoring ends with session \d+$/m);
  assert.match(said, /^left: \w+ authors no more, and the node may be stopped$/m);
  const again = await collator("leave", "--suri=//Dave");
  assert.equal(again.code, 1);
  assert.match(again.failed, /^not-registered: /m);
});

test("what only nodes of this program know is refused by the name of the question", async () => {
  const {code, failed} = await keys("status");
  assert.equal(code, 1);
  assert.match(failed, /^node-foreign: .*collator_status/m);
});

test("a call that the chain refuses in a block is told with the chain's own name for the reason", async () => {
  const {code, failed} = await atDesk([], async desk => {
    const pair = unwrap(desk.keyPairs.fromUri("sr25519", "//Ferdie"));
    await sendCall(desk, pair, desk.address(pair.publicKey), desk.calls.leaveIntent());
  });
  assert.equal(code, 1);
  assert.match(failed, /^call-refused: the chain refused CollatorSelection\.leave_intent\(\)/m);
  assert.match(failed, /reason +CollatorSelection\.TooFewEligibleCollators/);
});

test("where the chain cannot make one of several calls they are sent one after the other, and it says so", async () => {
  const args = ["--suri=//Eve", "--no-wait"];
  const {code, said, failed} = await atDesk(args, joinCollators, without("Utility"));
  assert.equal(code, 0, said + failed);
  assert.match(said, /calls +sent one after the other: the chain has no Utility\.batch_all/);
  const sent = [...said.matchAll(/^ {2}sent +(\w+\.\w+)/gm)].map(match => match[1]);
  assert.deepEqual(sent, ["Session.set_keys", "CollatorSelection.register_as_candidate"]);
});

test("a call that the chain does not have, and an extension that nobody here can fill, are refused by name", async () => {
  const missing = await atDesk(["--suri=//Bob"], joinCollators, without("CollatorSelection"));
  assert.match(missing.failed, /^call-missing: .*CollatorSelection\.register_as_candidate/m);
  const toll = {identifier: "CheckToll", extra: u32.info, additional: unit.info};
  const strange = await atDesk(["--suri=//Bob"], joinCollators, description => ({
    ...description,
    extrinsic: {
      ...description.extrinsic,
      extensions: [...description.extrinsic.extensions, toll],
    },
  }));
  assert.equal(strange.code, 1);
  assert.match(strange.failed, /^extension-unknown: .*CheckToll/m);
});
