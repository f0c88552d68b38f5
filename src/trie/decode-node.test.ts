import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes, hex} from "#base";
import {createPortableHashing} from "#crypto";
import {decodeNode, type NodeFailure} from "./decode-node.ts";
import {branchSize, encodeBranch, encodeLeaf, leafSize} from "./encode-node.ts";
import {Trie} from "./trie.ts";

const hash = createPortableHashing().blake2b256;

test("each way for a node to be malformed has its name", () => {
  const cases: [string, NodeFailure][] = [
    ["0x", "truncated"],
    ["0x00", "unknown-header"],
    ["0x01", "unknown-header"],
    ["0x42", "truncated"],
    ["0x42aa", "truncated"],
    ["0x42aa0401", "no-failure" as NodeFailure],
    ["0x42aa040102", "trailing-bytes"],
    ["0x41ff0401", "padding-not-zero"],
    ["0x410f0401", "value-at-half-byte"],
    ["0x42aa010001", "length-not-canonical"],
    ["0x42aa0300", "length-not-canonical"],
    ["0x800000", "no-children"],
    ["0x80010084", "reference-too-long"],
    ["0x80010004", "truncated"],
    ["0x2000", "truncated"],
    ["0x7fffffff", "truncated"],
  ];
  for (const [bytes, failure] of cases) {
    const decoded = decodeNode(hex(bytes), 0, "", 0);
    assert.equal(decoded.ok ? "no-failure" : decoded.error, failure, bytes);
  }
});

test("what decodes encodes to the same bytes, whatever the bytes", () => {
  const headers = fc.constantFrom(0x10, 0x11, 0x20, 0x22, 0x40, 0x41, 0x42, 0x80, 0x81, 0xc0, 0xc2);
  const inner = fc.array(fc.constantFrom(0, 1, 4, 8, 0x0f, 0x80), {maxLength: 12});
  const bytes = fc.oneof(
    fc.uint8Array({maxLength: 80}),
    fc.tuple(headers, inner).map(([header, rest]) => Uint8Array.of(header, ...rest)),
  );
  fc.assert(
    fc.property(bytes, fc.nat(3), (encoded, nibbles) => {
      const decoded = decodeNode(encoded, 0, ["", "\x50", "\x55", "\x55\x50"][nibbles]!, nibbles);
      if (!decoded.ok) return;
      const node = decoded.value;
      const size = node.kind === "leaf" ? leafSize(node) : branchSize(node, []);
      const again = new Uint8Array(size);
      if (node.kind === "leaf") encodeLeaf(node, again, 0);
      else encodeBranch(node, [], again, 0);
      assert.deepEqual(again, encoded);
    }),
    {numRuns: 5_000},
  );
});

test("a trie over hostile bytes answers or throws its own fault", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 60}), fc.uint8Array({maxLength: 4}), (bytes, key) => {
      const source = {
        node: () => concatBytes(Uint8Array.of(bytes.length & 1), bytes),
        value: () => undefined,
      };
      const trie = Trie.open(hash, source, new Uint8Array(32));
      try {
        trie.get(String.fromCharCode(...key));
        trie.update([[String.fromCharCode(...key), Uint8Array.of(1)]], 0).root();
      } catch (error) {
        assert.equal((error as Error).name, "TrieFault");
      }
    }),
    {numRuns: 3_000},
  );
});
