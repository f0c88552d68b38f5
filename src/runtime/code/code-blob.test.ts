import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, concatBytes} from "#base";
import {decode} from "#codec";
import {createPortableHashing} from "#crypto";
import {runtimeVersion} from "#primitives";
import {readCodeVersion} from "#runtime-api";
import {wasmSections} from "#wasm";
import {chainCode, composeKhala, PRESET_PARAMETERS} from "../chains/index.ts";
import {ourVersion} from "./code-blob.ts";

const chain = composeKhala(PRESET_PARAMETERS.dev, createPortableHashing());
const {version} = chain.composition;
const code = chainCode(chain);

test("its sections carry the version and the APIs as Substrate reads them, and our marker", () => {
  const sections = wasmSections(code);
  assert.ok(sections.ok);
  const section = sections.value.find(({name}) => name === "runtime_version")?.content;
  const decoded = decode(runtimeVersion, section ?? new Uint8Array(0));
  assert.ok(decoded.ok);
  assert.deepEqual(decoded.value, {...version, apis: []});
  assert.deepEqual(readCodeVersion(code), {ok: true, value: version});
  const apis = sections.value.find(({name}) => name === "runtime_apis")?.content;
  assert.equal(apis?.length, 12 * version.apis.length);
  const [id, number] = version.apis[0]!;
  assert.equal(bytesToBinary(apis.subarray(0, 8)), bytesToBinary(id));
  assert.equal(apis[8], number);
  assert.equal(ourVersion(code)?.specVersion, version.specVersion);
});

test("a module without our marker, or a cut one, is not ours", () => {
  const foreign = code.slice();
  foreign[code.length - 1]! ^= 1;
  assert.equal(ourVersion(foreign), undefined);
  assert.equal(ourVersion(code.subarray(0, code.length - 1)), undefined);
  assert.equal(ourVersion(concatBytes(code, Uint8Array.of(0, 200))), undefined);
  assert.equal(ourVersion(new Uint8Array(0)), undefined);
});
