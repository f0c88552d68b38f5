import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {bytesToHex, hexToBytes, unwrap} from "#base";
import {encode} from "#codec";
import {createNativeHashing} from "#crypto-native";
import {makeFolder} from "#durable-file";
import {header as headerCodec} from "#primitives";
import {encodeBlock, type Manifest, readBlock, type SnapshotBlock} from "#snapshot";
import {chainFolders} from "#store";
import {databaseStats} from "../database-facts.ts";
import {inMemoryNode, quietly} from "../in-memory/index.ts";
import {startNode} from "../node.ts";
import {exportDatabase} from "./export-database.ts";
import {discardImport, importSnapshot} from "./import-snapshot.ts";
import {devSpec} from "./snapshot-for-tests.ts";

const root = mkdtempSync(join(tmpdir(), "khala-import-"));
after(() => rmSync(root, {recursive: true, force: true}));
const spec = devSpec();
const hashing = await createNativeHashing();
const basePath = join(root, "source");
const whole = join(root, "whole");
const quiet = () => {};
let folders = 0;

/** A chain whose voters called its blocks final. */
async function grow(blocks: number): Promise<void> {
  const wishes = inMemoryNode({spec, devKeys: ["//Alice"]});
  const node = unwrap(await startNode({...wishes, inMemory: false, basePath}, quietly));
  const final = new Promise<void>(resolve =>
    node.chain.on("finalized", ({number}) => {
      if (number === blocks) resolve();
    }),
  );
  for (let i = 0; i < blocks; i++) unwrap(await node.timeTools!.makeBlock());
  await final;
  await node.stop();
}

await grow(6);
const exported = await exportDatabase({
  spec,
  basePath,
  folder: whole,
  block: undefined,
  onProgress: quiet,
});
assert.ok(exported.ok && typeof exported.value === "object");
const manifest: Manifest = exported.value;
const block = unwrap(readBlock(new Uint8Array(readFileSync(join(whole, "block.bin"))), hashing));

/** The snapshot with another block file, and a manifest to go with it: what a liar would hand on. */
function forged(changed: Partial<SnapshotBlock>): string {
  const folder = mkdtempSync(join(root, `forged-${folders++}-`));
  for (const name of readdirSync(whole)) copyFileSync(join(whole, name), join(folder, name));
  const file = encodeBlock({...block, ...changed});
  writeFileSync(join(folder, "block.bin"), file);
  const read = unwrap(readBlock(file, hashing));
  const sha256 = createHash("sha256").update(file).digest("hex");
  const lying: Manifest = {
    ...manifest,
    isProved: read.finality?.warpProofs !== undefined,
    block: {
      number: read.decoded.number,
      hash: bytesToHex(read.hash),
      stateRoot: bytesToHex(read.decoded.stateRoot),
      header: bytesToHex(read.header),
    },
    components: {
      ...manifest.components,
      block: {file: "block.bin", size: file.length, sha256},
    },
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(lying));
  return folder;
}

function imported(
  folder: string,
  trusted?: Uint8Array,
  target = join(root, `target-${folders++}`),
) {
  return importSnapshot({
    spec,
    basePath: target,
    folder,
    finality: undefined,
    trusted,
    onProgress: quiet,
  });
}

async function refusal(folder: string, trusted?: Uint8Array): Promise<string> {
  const found = await imported(folder, trusted);
  assert.ok(!found.ok);
  return typeof found.error === "string" ? found.error : found.error.code;
}

test("a snapshot whose block voters called final needs nobody's word", async () => {
  assert.equal(manifest.isProved, true);
  const found = await imported(whole);
  assert.ok(found.ok, JSON.stringify(found));
  assert.equal(found.value.isProved, true);
});

test("proofs that are cut short, changed, or of another block lead nowhere", async () => {
  const {sets, warpProofs} = block.finality!;
  const [proof] = warpProofs as [Uint8Array];
  assert.equal(
    await refusal(forged({finality: {sets, warpProofs: []}})),
    "snapshot-not-of-the-chain",
  );
  for (const at of [proof.length - 40, proof.length >> 1]) {
    const spoilt = proof.slice();
    spoilt[at]! ^= 1;
    const folder = forged({finality: {sets, warpProofs: [spoilt]}});
    assert.equal(await refusal(folder), "snapshot-not-of-the-chain");
  }
  const other = {...block.decoded, number: 7};
  assert.equal(
    await refusal(forged({header: encode(headerCodec, other)})),
    "snapshot-not-of-the-chain",
  );
});

test("extrinsics that are not those of the block are refused", async () => {
  assert.equal(await refusal(forged({body: [Uint8Array.of(4, 1)]})), "snapshot-damaged");
});

test("without proofs somebody has to say that the block is one of the chain, and which", async () => {
  const folder = forged({finality: {sets: block.finality!.sets, warpProofs: undefined}});
  assert.equal(await refusal(folder), "block-not-proved");
  assert.equal(await refusal(folder, new Uint8Array(32)), "block-differs");
  const trusted = hexToBytes(manifest.block.hash);
  const found = await imported(folder, trusted);
  assert.ok(found.ok, JSON.stringify(found));
  assert.equal(found.value.isProved, false);
  assert.equal(await refusal(forged({finality: undefined}), trusted), "snapshot-not-of-the-chain");
});

test("a refused snapshot leaves nothing behind where nothing was, and neither does discarding where nothing is", async () => {
  const target = join(root, "none", "below");
  const folder = forged({finality: {sets: block.finality!.sets, warpProofs: undefined}});
  assert.equal((await imported(folder, undefined, target)).ok, false);
  assert.equal(existsSync(join(root, "none")), false);
  assert.equal(unwrap(await discardImport(spec, target)), false);
  assert.equal(existsSync(join(root, "none")), false);
  // Of keys that are there nothing is removed.
  const {keystore, database} = chainFolders(target, spec.id);
  makeFolder(keystore);
  assert.equal((await imported(folder, undefined, target)).ok, false);
  assert.ok(existsSync(keystore) && !existsSync(database));
});

test("a refused snapshot leaves a database that another one can begin", async () => {
  const target = join(root, "again");
  const folder = forged({finality: {sets: block.finality!.sets, warpProofs: []}});
  assert.equal((await imported(folder, undefined, target)).ok, false);
  const found = await imported(whole, undefined, target);
  assert.ok(found.ok, JSON.stringify(found));
  const entries = unwrap(await databaseStats(target, spec.id, undefined)).kinds;
  const twice = await imported(whole, undefined, target);
  assert.ok(twice.ok && twice.value.isThere, JSON.stringify(twice));
  assert.deepEqual(unwrap(await databaseStats(target, spec.id, undefined)).kinds, entries);
  const own = await imported(whole, undefined, basePath);
  assert.ok(own.ok && own.value.isThere);
});
