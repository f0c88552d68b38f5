import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {formatChainSpec, presetSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {startForeignNode} from "../../node/test-kit/foreign-node.ts";
import {parseFlags} from "../flags/index.ts";
import {recordedTerminal} from "../test-kit/recorded-terminal.ts";
import {inspectCommand} from "./inspect.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-inspect-"));
after(() => rmSync(folder, {recursive: true, force: true}));

async function inspect(...args: string[]) {
  const terminal = recordedTerminal();
  const values = unwrap(parseFlags(args, inspectCommand.flags));
  const code = await inspectCommand.run(values, terminal, undefined);
  return {code, said: terminal.lines.join("\n"), failed: terminal.errors.join("\n")};
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("a chain spec's runtime is told with its APIs, pallets and needs, the same from its code alone and in hex", async () => {
  const crypto = await createNativeCrypto();
  const spec = presetSpec("dev")!;
  const raw = unwrap(formatChainSpec(spec, {isRaw: true}, crypto));
  const {top} = (JSON.parse(raw) as {genesis: {raw: {top: Record<string, string>}}}).genesis.raw;
  const hexCode = top["0x3a636f6465"]!;
  const ofSpec = await inspect(file("dev.json", raw));
  assert.equal(ofSpec.code, 0, ofSpec.failed);
  assert.match(ofSpec.said, /^khala-ts \d+$/m);
  assert.match(ofSpec.said, /^ {2}APIs +AccountNonceApi 1, AuraApi 1, BlockBuilder 6, /m);
  assert.match(ofSpec.said, /^ {2}pallets +System 0, /m);
  assert.match(ofSpec.said, /^ {2}lacking +nothing/m);
  const ofHex = await inspect(file("code.hex", `${hexCode}\n`));
  const ofBytes = await inspect(file("code.wasm", Buffer.from(hexCode.slice(2), "hex")));
  assert.deepEqual([ofHex.said, ofBytes.said], [ofSpec.said, ofSpec.said]);
  const json = JSON.parse((await inspect(file("dev.json", raw), "--json")).said) as {
    specName: string;
    codeHash: string;
    missing: string[];
  };
  const hash = bytesToHex(crypto.hashing.blake2b256(Buffer.from(hexCode.slice(2), "hex")));
  assert.deepEqual([json.specName, json.codeHash, json.missing], ["khala-ts", hash, []]);
});

test("a running node is asked for the code of its best block", async t => {
  const {node, url} = await startForeignNode({seal: {kind: "manual"}});
  t.after(() => node.stop());
  const code = node.chain.head.state.get(":code")!;
  // It stands for a runtime that is a program, and is nothing that runs.
  const {failed} = await inspect(url.replace("ws:", "http:"));
  assert.match(failed, /^runtime-unusable: the runtime cannot be run: it has no memory/);
  assert.match(failed, new RegExp(`code +${code.length} bytes`));
});

test("what has no runtime says so with the reason, and changes nothing", async () => {
  const refusal = async (...args: string[]) => {
    const {code, failed} = await inspect(...args);
    return `${code} ${failed}`;
  };
  assert.match(await refusal(), /^2 argument-missing/);
  assert.match(await refusal(join(folder, "none")), /^1 code-unreadable: [\s\S]*ENOENT/);
  assert.match(await refusal("/dev/zero"), /^1 code-unreadable: [\s\S]*no file/);
  assert.match(await refusal(file("a.json", "{}")), /^1 code-unreadable: [\s\S]*genesis: missing/);
  assert.match(await refusal(file("a.hex", "0x123")), /^1 code-unreadable: [\s\S]*not hex/);
  assert.match(await refusal(file("a.txt", "hello")), /^1 runtime-unusable: [\s\S]*no WebAssembly/);
  assert.match(await refusal(file("a.pvm", "PVM\0")), /^1 runtime-unusable: [\s\S]*PolkaVM/);
  assert.match(await refusal("ws://127.0.0.1:1"), /^1 node-unreachable/);
});
