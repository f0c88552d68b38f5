import assert from "node:assert/strict";
import {test} from "node:test";
import {createPortableHashing} from "#crypto";
import {listRoot} from "#trie";
import {bodyMatches} from "./body-matches.ts";

const hashing = createPortableHashing();
const hash = (data: Uint8Array) => hashing.blockHash(data);
/** Long enough for the layouts to differ. */
const body = [40, 80].map(length => new Uint8Array(length).fill(length));

test("a body is taken for a header's if its list has that root in either layout, and no other body is", () => {
  const roots = ([0, 1] as const).map(version => listRoot(hash, body, version));
  assert.notDeepEqual(roots[0], roots[1]);
  for (const extrinsicsRoot of roots) {
    const header = {
      parentHash: new Uint8Array(32),
      number: 1,
      stateRoot: new Uint8Array(32),
      extrinsicsRoot,
      digest: [],
    };
    assert.ok(bodyMatches({header, body}, hashing));
    assert.ok(!bodyMatches({header, body: body.slice(1)}, hashing));
  }
});
