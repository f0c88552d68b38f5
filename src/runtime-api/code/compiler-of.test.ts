import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes, utf8Bytes} from "#base";
import {customSection, WASM_HEADER} from "#wasm";
import {compilerOf} from "./compiler-of.ts";

const text = (value: string) => Uint8Array.of(value.length, ...utf8Bytes(value));
const field = (name: string, values: readonly (readonly [string, string])[]) =>
  concatBytes(
    text(name),
    Uint8Array.of(values.length),
    ...values.flatMap(([value, version]) => [text(value), text(version)]),
  );
const codeOf = (...fields: readonly Uint8Array[]) =>
  concatBytes(
    WASM_HEADER,
    customSection("producers", concatBytes(Uint8Array.of(fields.length), ...fields)),
  );

test("a runtime says which compiler it was built with, and of which day that is", () => {
  const nightly = "1.69.0-nightly (f3126500f 2023-02-02)";
  const tools = field("processed-by", [
    ["clang", "16.0.1"],
    ["rustc", nightly],
  ]);
  const code = codeOf(field("language", [["Rust", ""]]), tools);
  assert.deepEqual(compilerOf(code), {name: "rustc 1.69.0-nightly", day: "2023-02-02"});
  const own = codeOf(field("processed-by", [["rustc", "1.85.1"]]));
  assert.deepEqual(compilerOf(own), {name: "rustc 1.85.1", day: undefined});
});

test("a runtime that does not say it has no compiler, whatever stands there", () => {
  assert.equal(compilerOf(WASM_HEADER), undefined);
  assert.equal(compilerOf(codeOf(field("processed-by", [["clang", "16"]]))), undefined);
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 40}), content => {
      const code = concatBytes(WASM_HEADER, customSection("producers", content));
      assert.equal(compilerOf(code)?.day, undefined);
    }),
  );
});
