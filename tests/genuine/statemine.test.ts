import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, unwrap} from "#base";
import {bytes, decode} from "#codec";
import {decodeRuntimeVersion} from "#primitives";
import {GenuineChain} from "./support/genuine-chain.ts";
import {knownChain} from "./support/known-specs.ts";
import {readSpec} from "./support/replay.ts";

const spec = await knownChain("rococo_v2_2_asset_hub");

test("statemine 900 says its version, whichever way it is asked, and its metadata", () => {
  const chain = new GenuineChain(spec);
  const asked = unwrap(decodeRuntimeVersion(chain.call("Core_version")));
  assert.deepEqual([asked.specName, asked.specVersion, asked.stateVersion], ["statemine", 900, 0]);
  assert.deepEqual(chain.runtime.version, asked);
  const metadata = unwrap(decode(bytes, chain.call("Metadata_metadata")));
  assert.equal(bytesToBinary(metadata.subarray(0, 5)), "meta\x0e");
});

test("statemine 900 imports nothing that we lack", () => {
  const {runtime} = readSpec(spec);
  assert.deepEqual(runtime.missing, []);
});

test("statemine 900 makes blocks from its own genesis, and executing them comes to the same roots", () => {
  const [maker, importer] = [new GenuineChain(spec), new GenuineChain(spec)];
  const first = Math.floor(1_700_000_000_000 / maker.slotDuration);
  for (let slot = first; slot < first + 3; slot++) {
    const {block, after} = maker.makeBlock(slot);
    assert.deepEqual(importer.checkInherents(block, slot), {
      okay: true,
      fatalError: false,
      errors: new Map(),
    });
    importer.importBlock(block);
    maker.head = after;
  }
  assert.equal(importer.head.header.number, 3);
});
