import assert from "node:assert/strict";
import {mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {formatChainSpec, parseChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {describeRuntime, StateReader} from "#description";
import {createRuntimes} from "#node";
import {REHEARSAL_KEY} from "#primitives";
import {decodeSettings} from "#rehearsal";
import {memoryState, Overlay} from "#state";
import {knownAccount} from "../../node/test-kit/foreign-node.ts";
import {
  createForeignEngine,
  foreignCode,
  foreignSpec,
  UPGRADED,
} from "../../runtime/test-kit/foreign/index.ts";
import {parseFlags} from "../flags/index.ts";
import {recordedTerminal} from "../test-kit/recorded-terminal.ts";
import {rehearseWith} from "./index.ts";

const crypto = await createNativeCrypto();
const engine = createForeignEngine(crypto);
const command = rehearseWith([engine]);
const folder = mkdtempSync(join(tmpdir(), "khala-rehearse-"));
after(() => rmSync(folder, {recursive: true, force: true}));

async function rehearse(...args: string[]) {
  const terminal = recordedTerminal();
  const values = unwrap(parseFlags(args, command.flags));
  const code = await command.run(values, terminal, undefined);
  return {code, said: terminal.lines.join("\n"), report: terminal.errors.join("\n")};
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const strangers = [0x91, 0x92].map(byte => new Uint8Array(32).fill(byte));
const toyland = file(
  "toyland.json",
  unwrap(
    formatChainSpec(
      foreignSpec(
        {
          balances: strangers.map(who => [who, 10n ** 13n] as const),
          invulnerables: strangers,
          sudo: strangers[0]!,
          candidacyBond: 1n,
        },
        crypto,
      ),
      {isRaw: true},
      crypto,
    ),
  ),
);

/** The state of a chain spec, by the foreign runtime's names. */
function readerOf(text: string) {
  const {spec} = unwrap(parseChainSpec(text));
  assert.ok(spec.genesis.kind === "raw");
  const state = memoryState(spec.genesis.top, data => crypto.hashing.blake2b256(data), 1);
  const runtime = unwrap(createRuntimes(crypto, {engines: [engine]}).runtimeOf(state));
  const host = {state: new Overlay(state), verifySignature: () => false};
  const description = unwrap(describeRuntime(runtime, host));
  const settings = unwrap(decodeSettings(spec.genesis.top.get(REHEARSAL_KEY)!));
  return {spec, settings, reader: new StateReader(description, state, crypto.hashing)};
}

test("a chain spec comes out on standard output, and what became of it on standard error", async () => {
  const {code, said, report} = await rehearse(toyland);
  assert.equal(code, 0, report);
  const {spec, settings, reader} = readerOf(said);
  assert.deepEqual([spec.id, spec.chainType], ["toyland-rehearsal", "Local"]);
  assert.equal((reader.read("Session.Validators") as unknown[]).length, 4);
  assert.deepEqual([settings.rate, settings.proofSize], [1, "unrecorded"]);
  assert.match(report, /^Toyland \(rehearsal\): a rehearsal of toyland with toyland 7$/m);
  assert.match(report, /^ {2}chain +toyland-rehearsal, from block 0 on$/m);
  assert.match(
    report,
    /^ {2}replaced +CollatorSelection\.Invulnerables := \[Dave, Bob, Charlie, Alice\]$/m,
  );
  assert.match(report, /^ +Sudo\.Key := Alice$/m);
  assert.match(report, /^ {2}skipped +AuraExt: no such pallet$/m);
});

test("flags say who, how much and how fast", async () => {
  const output = join(folder, "out.json");
  const {code, said, report} = await rehearse(
    toyland,
    "--output",
    output,
    "--collators=Bob, //Collator//7",
    "--sudo=Bob",
    "--endow=Bob=2.5",
    "--endow",
    "0x9191919191919191919191919191919191919191919191919191919191919191=3",
    "--set=CollatorSelection.DesiredCandidates=3",
    '--set=System.Account[Eve]={"nonce": 8, "providers": 1}',
    "--rate=120",
    "--proof-size=recorded",
    "--block-hashing=keccak-256",
    "--keep-accounts",
  );
  assert.equal(code, 0, report);
  assert.equal(said, "");
  const {spec, settings, reader} = readerOf(readFileSync(output, "utf8"));
  const freeOf = (who: Uint8Array) =>
    (reader.read("System.Account", [who]) as {data: {free: bigint}}).data.free;
  const bob = knownAccount("Bob").sr25519;
  assert.equal((reader.read("Session.Validators") as unknown[]).length, 2);
  assert.deepEqual(reader.read("Sudo.Key"), bob);
  assert.equal(freeOf(bob), 25_000_000_000n);
  assert.equal(freeOf(strangers[0]!), 30_000_000_000n);
  assert.equal(freeOf(strangers[1]!), 10n ** 13n);
  assert.equal(reader.read("CollatorSelection.DesiredCandidates"), 3);
  assert.equal(
    (reader.read("System.Account", [knownAccount("Eve").sr25519]) as {nonce: number}).nonce,
    8,
  );
  assert.deepEqual(
    [settings.rate, settings.proofSize, settings.hashing],
    [120, "recorded", "keccak-256"],
  );
  assert.equal(spec.blockHashing, "keccak-256");
});

test("other code is taken from a file, and said", async () => {
  const code = foreignCode(crypto.hashing, UPGRADED);
  const {said, report} = await rehearse(toyland, "--code", file("toyland-8.wasm", code));
  const {spec} = unwrap(parseChainSpec(said));
  assert.ok(spec.genesis.kind === "raw");
  assert.deepEqual(spec.genesis.top.get(":code"), code);
  assert.match(report, /a rehearsal of toyland with toyland 8$/m);
  assert.match(report, /migrations run in the first block/);
});

test("what cannot be rehearsed or understood is refused by a code, and nothing is written", async () => {
  const refusal = async (...args: string[]) => {
    const {code, said, report} = await rehearse(...args);
    assert.equal(said, "");
    return `${code} ${report}`;
  };
  assert.match(await refusal(), /^2 argument-missing/);
  assert.match(await refusal("dev"), /^1 rehearsal-not-needed: [\s\S]*khala dev/);
  assert.match(await refusal(join(folder, "none.json")), /^1 chain-spec-unreadable/);
  assert.match(await refusal(toyland, "--output", toyland), /^2 flag-invalid/);
  assert.match(
    await refusal(toyland, "--output", join(folder, "no", "x.json")),
    /^1 output-unwritable: [\s\S]*ENOENT/,
  );
  for (const wrong of [
    "--collators=0",
    "--collators=5000",
    "--rate=0",
    "--rate=1.5",
    "--proof-size=some",
    "--endow=Alice",
    "--set=Sudo.Key",
    "--set=Sudo",
  ]) {
    assert.match(await refusal(toyland, wrong), /^2 flag-invalid: /, wrong);
  }
  assert.match(await refusal(toyland, "--sudo=nobody"), /^1 account-unknown: nobody is no account/);
  assert.match(
    await refusal(toyland, "--set=Sudo.Kee=1"),
    /^1 rehearsal-change-invalid: Sudo\.Kee/,
  );
  const once = file("once.json", (await rehearse(toyland)).said);
  assert.match(await refusal(once), /^1 already-rehearsed/);
});

test("the chain spec itself is not written over, whatever link leads to it", async () => {
  const link = join(folder, "link.json");
  symlinkSync(toyland, link);
  for (const output of [toyland, link]) {
    const {code, report} = await rehearse(toyland, `--output=${output}`);
    assert.equal(code, 2);
    assert.match(report, /^flag-invalid: --output is the chain spec itself/);
  }
});

test("a name that no other tool knows is an account of its own, and said", async () => {
  const {report} = await rehearse(toyland, "--collators=Alice,Bobby", "--sudo=Zed");
  assert.match(report, /Bobby is none of the names that development tools share/);
  assert.match(report, /its secret is \/\/Zed/);
  assert.doesNotMatch(report, /Alice is none/);
});
