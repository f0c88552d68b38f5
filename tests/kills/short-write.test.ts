/** A disk that has room for a part of a write only: LMDB calls that EIO, as if the disk were broken. */
import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {bytesToBinary, unwrap} from "#base";
import {StoreFault} from "#store";
import {openLmdbStore} from "../../src/store/lmdb-store.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";
import {mountSmall} from "./small-file-system.ts";

const LONG = 1_048_576;

test("a disk that takes a part of a write is full, not broken", async t => {
  const small = mountSmall(await temporaryFolder("short-write"), 32);
  if (small === undefined) {
    t.skip("mounting a file system is not allowed here");
    return;
  }
  t.after(() => small.unmount());
  const store = unwrap(openLmdbStore(join(small.directory, "db")));
  t.after(() => store.close());
  const key = bytesToBinary(Uint8Array.of(1));
  await store.write([[key, new Uint8Array(10)]]);
  small.fill(LONG / 2);
  await assert.rejects(store.write([[key, new Uint8Array(LONG)]]), error => {
    assert.ok(error instanceof StoreFault);
    assert.equal(error.code, "database-full", error.message);
    return true;
  });
});
