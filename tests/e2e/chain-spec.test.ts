import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {blake2b} from "@noble/hashes/blake2.js";
import {bytesToHex, concatBytes, type Hex, hex, utf8Bytes} from "#base";
import {encode, Sink, str} from "#codec";
import {customSection} from "#wasm";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {zstdFrameOf} from "../support/zstd-frame.ts";

const directory = mkdtempSync(join(tmpdir(), "khala-spec-"));
after(() => rmSync(directory, {recursive: true, force: true}));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const blake2b256 = (hexText: string) => bytesToHex(blake2b(hex(hexText), {dkLen: 32}));

test("khala dev runs exactly the chain that build-spec describes, readable and raw alike", async () => {
  const readable = await runKhala(["build-spec", "--chain", "dev"]);
  const raw = await runKhala(["build-spec", "--chain", "dev", "--raw"]);
  const heads = await Promise.all([
    runKhala(["export-genesis-head", "--chain", "dev"]),
    runKhala(["export-genesis-head", "--chain", file("readable.json", readable.stdout)]),
    runKhala(["export-genesis-head", "--chain", file("raw.json", raw.stdout)]),
  ]);
  const [first] = heads;
  for (const head of heads) assert.equal(head.stdout, first.stdout, head.stderr);
  const genesis = blake2b256(first.stdout.trim());
  for (const args of [["dev"], ["--chain", join(directory, "raw.json"), "--alice", "--tmp"]]) {
    const node = await startKhala([...args, "--rpc-port=0"]);
    assert.equal(await rpc(node.url, "chain_getBlockHash", [0]), genesis);
    const top = JSON.parse(raw.stdout).genesis.raw.top as Record<string, string>;
    assert.equal(
      await rpc(node.url, "state_getStorage", ["0x3a636f6465", genesis]),
      top["0x3a636f6465"],
    );
    assert.equal(await node.stop(), 0);
  }
});

test("a parameter changes the genesis, and the raw form is a light client's: no key it does not know", async () => {
  const heads = await Promise.all([
    runKhala(["export-genesis-head", "--chain", "dev"]),
    runKhala(["export-genesis-head", "--chain", "dev", "--param", "bond=17PHA"]),
    runKhala(["export-genesis-head", "--chain", "dev", "--param", "session=41"]),
  ]);
  assert.equal(new Set(heads.map(({stdout}) => stdout)).size, 3);
  const raw = JSON.parse((await runKhala(["build-spec", "--chain", "local", "--raw"])).stdout);
  const known = [
    "name",
    "id",
    "chainType",
    "bootNodes",
    "telemetryEndpoints",
    "protocolId",
    "forkId",
    "properties",
    "codeSubstitutes",
    "genesis",
  ];
  assert.deepEqual(
    Object.keys(raw).filter(key => !known.includes(key)),
    [],
  );
});

/** A foreign runtime: a module that has nothing but a version, with or without the state version at its end. */
function foreignCode(stateVersion: number | undefined): Uint8Array {
  const version = new Sink();
  version.raw(encode(str, "foreign"));
  version.raw(encode(str, "foreign"));
  for (const value of [1, 7, 0]) version.u32(value);
  version.u8(0);
  if (stateVersion !== undefined) {
    version.u32(1);
    version.u8(stateVersion);
  }
  return concatBytes(hex("0x0061736d01000000"), customSection("runtime_version", version.finish()));
}

test("export-genesis-head reads the state version of a foreign runtime, compressed or not", async () => {
  const long = bytesToHex(new Uint8Array(40).fill(0x22));
  const specOf = (code: Uint8Array) =>
    JSON.stringify({
      name: "Foreign",
      id: "foreign",
      genesis: {
        raw: {
          top: {"0x3a636f6465": bytesToHex(code), "0x61": "0x01", "0x6162": long},
          childrenDefault: {},
        },
      },
    });
  const headOf = async (name: string, code: Uint8Array, ...args: string[]): Promise<Hex> => {
    const path = file(name, specOf(code));
    const {
      stdout,
      stderr,
      code: exit,
    } = await runKhala(["export-genesis-head", "--chain", path, ...args]);
    assert.equal(exit, 0, stderr);
    return stdout.trim() as Hex;
  };
  const v0 = foreignCode(0);
  const v1 = foreignCode(1);
  const old = foreignCode(undefined);
  assert.equal(await headOf("v0.json", v0), await headOf("v0o.json", v0, "--state-version", "0"));
  assert.equal(await headOf("v1.json", v1), await headOf("v1o.json", v1, "--state-version", "1"));
  assert.notEqual(
    await headOf("v1a.json", v1),
    await headOf("v1b.json", v1, "--state-version", "0"),
  );
  assert.equal(
    await headOf("old.json", old),
    await headOf("oldo.json", old, "--state-version", "0"),
  );

  const compressed = concatBytes(hex("0x52bc537646db8e05"), zstdFrameOf(v1));
  assert.equal(
    await headOf("z.json", compressed),
    await headOf("zo.json", compressed, "--state-version", "1"),
  );
  const broken = file("broken.json", specOf(utf8Bytes("no module")));
  const refused = await runKhala(["export-genesis-head", "--chain", broken]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^state-version-unknown: .*--state-version 0/ms);
  assert.equal((await runKhala(["--chain", broken, "--tmp", "--rpc-port=0"])).code, 1);
});
