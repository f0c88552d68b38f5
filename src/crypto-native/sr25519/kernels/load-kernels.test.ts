import assert from "node:assert/strict";
import {test} from "node:test";
import {hasVectors} from "./load-kernels.ts";
import {type KernelForm, writeKernels} from "./write-module.ts";

/** Whether this host compiles the form. */
const isTaken = (form: KernelForm) => WebAssembly.validate(writeKernels(form));

test("a host is asked for vectors by a module that has one, and each form is a module", t => {
  assert.ok(isTaken("scalar"));
  assert.equal(hasVectors(), isTaken("vector"));
  t.mock.method(WebAssembly, "validate", () => false);
  assert.equal(hasVectors(), false);
});

test("the same requests give the same bytes, and the form without vectors is another", () => {
  assert.deepEqual(writeKernels("vector"), writeKernels("vector"));
  assert.notDeepEqual(writeKernels("vector"), writeKernels("scalar"));
});
