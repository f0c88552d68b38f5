import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {formatChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {foreignSpec} from "../../runtime/test-kit/foreign/index.ts";
import {parseFlags} from "../flags/index.ts";
import {recordedTerminal} from "../test-kit/recorded-terminal.ts";
import {keysCommands} from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-insert-"));
after(() => rmSync(folder, {recursive: true, force: true}));

async function insert(keystore: string, ...args: string[]) {
  const command = keysCommands.find(({name}) => name === "keys insert")!;
  const terminal = recordedTerminal();
  const path = join(folder, keystore);
  const flags = [`--keystore-path=${path}`, "--suri=//Alice", ...args];
  const code = await command.run(unwrap(parseFlags(flags, command.flags)), terminal, undefined);
  const types = terminal.lines.map(line => line.trim().split(" ")[0]);
  const failed = terminal.errors.join("\n");
  return {code, types, failed, path};
}

/** A spec of a chain whose runtime is none of this program's. */
async function foreignFile(): Promise<string> {
  const crypto = await createNativeCrypto();
  const who = new Uint8Array(32).fill(1);
  const genesis = {balances: [], invulnerables: [who], sudo: who, candidacyBond: 1n};
  const spec = foreignSpec(genesis, crypto);
  const file = join(folder, "toyland.json");
  writeFileSync(file, unwrap(formatChainSpec(spec, {isRaw: true}, crypto)));
  return file;
}

test("the keys of one secret are those that the chain's runtime has, in its order", async () => {
  const {code, types, failed} = await insert("dev", "--chain=dev");
  assert.equal(code, 0, failed);
  assert.deepEqual(types, ["aura", "gran", "keystore"]);
});

test("where this program cannot ask the chain's runtime it stores nothing unless the type is named", async () => {
  const chain = `--chain=${await foreignFile()}`;
  const unknown = await insert("foreign", chain);
  assert.equal(unknown.code, 1);
  assert.match(unknown.failed, /^session-keys-unknown: [\s\S]*--key-type aura/);
  const named = await insert("foreign", chain, "--key-type=aura");
  assert.equal(named.code, 0, named.failed);
  assert.deepEqual(named.types, ["aura", "keystore"]);
  assert.deepEqual(
    readdirSync(named.path).map(name => name.slice(0, 8)),
    [Buffer.from("aura").toString("hex")],
  );
});
