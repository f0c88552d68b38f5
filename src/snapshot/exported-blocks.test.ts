import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import fc from "fast-check";
import {concatBytes, hex, unwrap} from "#base";
import {readBlocks} from "./block-reader.ts";
import {
  encodeCount,
  encodeSignedBlock,
  readBlockJson,
  type SignedBlock,
  signedBlockJson,
} from "./exported-blocks.ts";

const root = mkdtempSync(join(tmpdir(), "khala-blocks-"));
after(() => rmSync(root, {recursive: true}));
const file = join(root, "blocks");

const bytes32 = fc.uint8Array({minLength: 32, maxLength: 32});
/** With its length before it: below 64 that is one byte. */
const extrinsic = fc
  .uint8Array({maxLength: 63})
  .map(inner => concatBytes(Uint8Array.of(inner.length << 2), inner));
const blocks = fc.array(
  fc.record(
    {
      header: fc.record(
        {
          parentHash: bytes32,
          number: fc.nat(0xffff_ffff),
          stateRoot: bytes32,
          extrinsicsRoot: bytes32,
          digest: fc.constantFrom<SignedBlock["header"]["digest"]>(
            [],
            [{type: "Other", value: Uint8Array.of(1, 2)} as never],
          ),
        },
        {noNullPrototype: true},
      ),
      body: fc.array(extrinsic, {maxLength: 4}),
      justifications: fc.option(
        fc.array(
          fc.tuple(
            fc.constant(new Uint8Array(Buffer.from("FRNK"))),
            fc.uint8Array({maxLength: 50}),
          ),
          {
            minLength: 1,
            maxLength: 2,
          },
        ),
        {nil: undefined},
      ),
    },
    {noNullPrototype: true},
  ),
  {maxLength: 5},
);

const read = () => [...readBlocks(file)].map(block => unwrap(block));

test("blocks that were written read the same, binary and as JSON with or without lines between", () => {
  fc.assert(
    fc.property(blocks, fc.constantFrom("", "\n", " \n\n"), (some, between) => {
      writeFileSync(file, concatBytes(encodeCount(some.length), ...some.map(encodeSignedBlock)));
      assert.deepEqual(read(), some);
      writeFileSync(file, some.map(block => signedBlockJson(block) + between).join(""));
      if (some.length > 0) assert.deepEqual(read(), some);
    }),
    {numRuns: 200},
  );
});

test("a file that is cut off says at which block", () => {
  fc.assert(
    fc.property(blocks, fc.nat(), fc.boolean(), (some, cut, isBinary) => {
      fc.pre(some.length > 0);
      const whole = isBinary
        ? concatBytes(encodeCount(some.length), ...some.map(encodeSignedBlock))
        : new Uint8Array(Buffer.from(some.map(signedBlockJson).join("")));
      const end = 9 + (cut % (whole.length - 9));
      writeFileSync(file, whole.subarray(0, end));
      const found = [...readBlocks(file)];
      const last = found.at(-1);
      const isAtBlock = !isBinary && found.every(({ok}) => ok);
      if (isAtBlock) assert.ok(found.length < some.length);
      else assert.ok(last !== undefined && !last.ok && /block \d/.test(last.error));
      for (const [i, block] of found.slice(0, -1).entries())
        assert.deepEqual(unwrap(block), some[i]);
    }),
    {numRuns: 200},
  );
});

test("what stands behind the last block is no part of an export, and is refused", () => {
  const [some = []] = fc.sample(
    blocks.filter(list => list.length > 0),
    1,
  );
  const binary = concatBytes(encodeCount(some.length), ...some.map(encodeSignedBlock));
  const json = new Uint8Array(
    Buffer.from(some.map(block => `${signedBlockJson(block)}\n`).join("")),
  );
  for (const [whole, rest] of [
    [binary, "\0"],
    [json, "garbage"],
    [json, "garbage {"],
    [json, '{"block": 1}'],
    [json, "]"],
  ] as const) {
    writeFileSync(file, concatBytes(whole, new Uint8Array(Buffer.from(rest))));
    const found = [...readBlocks(file)];
    assert.equal(found.length, some.length + 1, rest);
    const last = found.at(-1)!;
    assert.ok(!last.ok);
    assert.match(
      last.error,
      rest.startsWith("{") ? /cannot be read/ : /behind block \d+, its last/,
    );
  }
});

test("the layout is Substrate's: a count of 64 bits, then header, extrinsics and justifications in SCALE", () => {
  const block: SignedBlock = {
    header: {
      parentHash: new Uint8Array(32).fill(0x11),
      number: 1,
      stateRoot: new Uint8Array(32).fill(0x22),
      extrinsicsRoot: new Uint8Array(32).fill(0x33),
      digest: [],
    },
    body: [hex("0x0804aa")],
    justifications: [[new Uint8Array(Buffer.from("FRNK")), hex("0xbeef")]],
  };
  const expected = [
    "0100000000000000",
    "11".repeat(32),
    // The number is compact in a header.
    "04",
    "22".repeat(32),
    "33".repeat(32),
    "00",
    // One extrinsic: two bytes.
    "04",
    "0804aa",
    // Some, one, the engine, two bytes.
    "01",
    "04",
    "46524e4b",
    "08beef",
  ].join("");
  const written = concatBytes(encodeCount(1), encodeSignedBlock(block));
  assert.equal(Buffer.from(written).toString("hex"), expected);
  assert.deepEqual(JSON.parse(signedBlockJson(block)), {
    block: {
      header: {
        parentHash: `0x${"11".repeat(32)}`,
        number: "0x1",
        stateRoot: `0x${"22".repeat(32)}`,
        extrinsicsRoot: `0x${"33".repeat(32)}`,
        digest: {logs: []},
      },
      extrinsics: ["0x0804aa"],
    },
    justifications: [
      [
        [70, 82, 78, 75],
        [190, 239],
      ],
    ],
  });
  assert.deepEqual(unwrap(readBlockJson(signedBlockJson(block))), block);
});
