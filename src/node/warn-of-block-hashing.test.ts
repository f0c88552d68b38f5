import assert from "node:assert/strict";
import {test} from "node:test";
import {ok} from "#base";
import type {Runtimes} from "#core";
import type {BlockHashing} from "#crypto";
import {warnOfBlockHashing} from "./warn-of-block-hashing.ts";

const KECCAK = "ext_trie_keccak_256_ordered_root_version_2";

function warned(imports: readonly string[] | undefined, said?: BlockHashing): string[] {
  const lines: string[] = [];
  const runtime = imports === undefined ? {} : {imports: new Set(imports)};
  warnOfBlockHashing(
    said,
    {best: {hash: new Uint8Array(32), number: 0}, stateAt: () => ({}) as never},
    {runtimeOf: () => ok(runtime)} as unknown as Runtimes,
    {log: (_level, _target, message) => void lines.push(message)},
  );
  return lines;
}

test("of a runtime that makes roots by Keccak is warned where nothing was said, with the setting's name", () => {
  const [line] = warned([KECCAK]);
  assert.match(line!, /--block-hashing keccak-256/);
  assert.deepEqual(warned([KECCAK], "keccak-256"), []);
  assert.deepEqual(warned([KECCAK], "blake2-256"), []);
  assert.deepEqual(warned(["ext_trie_blake2_256_ordered_root_version_2"]), []);
  assert.deepEqual(warned(undefined), []);
});
