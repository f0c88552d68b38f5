import assert from "node:assert/strict";
import {test} from "node:test";
import {createPortableHashing} from "#crypto";
import type {Header} from "#primitives";
import {memoryState} from "#state";
import {StoreFault} from "#store";
import {fatalReport} from "../fatal-report.ts";
import {assertStateWritten, checkStateRead} from "./state-of-header.ts";

const {blake2b256} = createPortableHashing();
const state = memoryState([["a", Uint8Array.of(1)]], blake2b256);
const other = memoryState([["a", Uint8Array.of(2)]], blake2b256);
const header = {number: 7, stateRoot: state.root()} as Header;

test("a block is not written with a state that is not its own", () => {
  assertStateWritten(state, header);
  assert.throws(() => assertStateWritten(other, header), /the state of block 7 is its header's/);
});

test("a state that was read and is not the header's is damage of the database, and says so", () => {
  assert.equal(checkStateRead(state, header), state);
  assert.throws(
    () => checkStateRead(other, header),
    (error: unknown) => {
      assert.ok(error instanceof StoreFault);
      assert.equal(fatalReport(error).code, "database-corrupt");
      return true;
    },
  );
});
