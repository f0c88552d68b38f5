import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, seededRandom, unwrap} from "#base";
import type {TypeInfo} from "#codec";
import {type ChainDescription, describe, innerMetadata, readValue, writeValue} from "../index.ts";
import {GENUINE, genuineMetadata} from "../test-kit/genuine-metadata.ts";
import {khala, metadataOf} from "../test-kit/our-metadata.ts";

/** Everything of which metadata has both type and bytes. */
function* published({pallets}: ChainDescription): Generator<[string, TypeInfo, Uint8Array]> {
  for (const {name, constants, storage} of pallets) {
    for (const {name: constant, type, value} of constants)
      yield [`${name}.${constant}`, type, value];
    for (const item of storage) {
      if (item.modifier === "Default") yield [`${name}.${item.name}`, item.value, item.fallback];
    }
  }
}

for (const genuine of GENUINE.filter(([version]) => version !== "v13")) {
  test(`every default and constant of ${genuine.join(", ")} comes out as it went in`, async () => {
    const description = unwrap(describe(await genuineMetadata(genuine)));
    let count = 0;
    for (const [name, type, bytes] of published(description)) {
      const read = readValue(type, bytes);
      assert.ok(read.ok, `${name}: ${read.ok || read.error.message}`);
      assert.equal(bytesToHex(unwrap(writeValue(type, read.value))), bytesToHex(bytes), name);
      count++;
    }
    assert.ok(count > 50, `${count} values`);
  });
}

/** Seeds of the damage; the same in every run. */
const SEEDS = [1, 2, 3, 4, 5, 6];

test("damaged metadata is refused or described, and values by damaged types are read or refused", async () => {
  const all = [
    innerMetadata(metadataOf(khala, 14))!,
    innerMetadata(metadataOf(khala, 16))!,
    await genuineMetadata(GENUINE[1]),
    await genuineMetadata(GENUINE[3]),
  ];
  let describedOnes = 0;
  for (const original of all) {
    for (const seed of SEEDS) {
      const random = seededRandom(seed);
      for (let run = 0; run < 20; run++) {
        const metadata = original.slice();
        for (let i = 0; i <= run % 4; i++) {
          metadata[5 + Math.floor(random() * (metadata.length - 5))] = Math.floor(random() * 256);
        }
        const description = describe(metadata);
        if (!description.ok) {
          assert.equal(description.error.code, "malformed");
          continue;
        }
        describedOnes++;
        for (const [, type, bytes] of published(description.value)) {
          const read = readValue(type, bytes);
          if (read.ok) writeValue(type, read.value);
        }
        readValue(description.value.call, metadata.subarray(0, 64));
        readValue(description.value.event, metadata.subarray(0, 64));
      }
    }
  }
  assert.ok(describedOnes > 20, `${describedOnes} were described`);
});
