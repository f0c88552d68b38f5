import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, hex, type Result, unwrap} from "#base";
import {
  decodeAnnounce,
  decodeHandshake,
  encodeAnnounce,
  encodeHandshake,
} from "./block-announces.ts";
import {type BlockRequest, decodeBlockRequest, encodeBlockRequest} from "./block-request.ts";
import {type BlockData, decodeBlockResponse, encodeBlockResponse} from "./block-response.ts";
import {decodeKademlia, encodeKademlia} from "./kademlia.ts";
import {
  decodeLightRequest,
  decodeLightResponse,
  encodeLightRequest,
  encodeLightResponse,
  type LightRequest,
} from "./light-request.ts";
import {protocolNames} from "./protocol-table.ts";
import {
  decodeStateRequest,
  decodeStateResponse,
  encodeStateRequest,
  encodeStateResponse,
} from "./state-request.ts";
import {decodeOptionalRole, decodeTransactions, encodeTransactions} from "./transactions.ts";
import {decodeWarpRequest} from "./warp-request.ts";

const hash = fc.uint8Array({minLength: 32, maxLength: 32});
const some = fc.uint8Array({minLength: 1, maxLength: 40});
const any = fc.uint8Array({maxLength: 40});
const ONES = new Uint8Array(32).fill(1);
const ones = "01".repeat(32);

/** What was written is read as it was. */
function roundTrips<T>(
  arbitrary: fc.Arbitrary<T>,
  encode: (value: T) => Uint8Array,
  decode: (bytes: Uint8Array) => Result<T, unknown>,
): void {
  fc.assert(
    fc.property(arbitrary, value => {
      assert.deepEqual(unwrap(decode(encode(value))), structuredClone(value));
    }),
    {numRuns: 60},
  );
}

test("names are by genesis hash, by fork, and old ones by the chain's protocol id", () => {
  const chain = {genesisHash: ONES, protocolId: "khala-ts"};

  assert.deepEqual(protocolNames(chain, "blocks"), [`/${ones}/sync/2`, "/khala-ts/sync/2"]);
  assert.deepEqual(protocolNames({...chain, forkId: "f"}, "warp"), [
    `/${ones}/f/sync/warp`,
    "/khala-ts/sync/warp",
  ]);
  assert.deepEqual(protocolNames(chain, "grandpa"), [
    `/${ones}/grandpa/1`,
    "/paritytech/grandpa/1",
  ]);
});

test("a block-announces handshake has 69 bytes: roles, number, best, genesis", () => {
  const handshake = {
    roles: "authority",
    bestNumber: 0x0102,
    bestHash: ONES,
    genesisHash: new Uint8Array(32).fill(2),
  } as const;

  const bytes = encodeHandshake(handshake);

  assert.equal(bytesToHex(bytes), `0x0402010000${ones}${"02".repeat(32)}`);
  assert.deepEqual(unwrap(decodeHandshake(bytes)), handshake);
  assert.ok(!decodeHandshake(bytes.subarray(1)).ok);
  assert.ok(!decodeHandshake(Uint8Array.of(3, ...bytes.subarray(1))).ok, "two roles at once");
});

test("an announcement is a header, its state as a plain byte, and data", () => {
  const header = {
    parentHash: ONES,
    number: 1,
    stateRoot: ONES,
    extrinsicsRoot: ONES,
    digest: [],
  };

  const bytes = encodeAnnounce({header, isBest: true, data: new Uint8Array(0)});

  assert.equal(bytesToHex(bytes), `0x${ones}04${ones}${ones}000100`);
  assert.deepEqual(unwrap(decodeAnnounce(bytes)).header, header);
  assert.ok(!decodeAnnounce(hex(`0x${ones}04${ones}${ones}000200`)).ok, "a third state");
});

test("transactions are a list of extrinsics with their own lengths", () => {
  const bytes = encodeTransactions([hex("0x0801aa"), hex("0x00")]);

  assert.equal(bytesToHex(bytes), "0x080801aa00");
  assert.deepEqual(unwrap(decodeTransactions(bytes)), [hex("0x0801aa"), hex("0x00")]);
  assert.ok(!decodeTransactions(hex("0xfeffffff00")).ok, "a length that nothing follows");
  assert.deepEqual(decodeOptionalRole(new Uint8Array(0)), {ok: true, value: undefined});
  assert.deepEqual(decodeOptionalRole(Uint8Array.of(2)), {ok: true, value: "light"});
});

test("a block request has its fields in the top byte and a number of four bytes", () => {
  const byNumber = encodeBlockRequest({
    attributes: {header: true, justification: true},
    from: {number: 258},
    direction: "descending",
    maxBlocks: 64,
    supportsMultipleJustifications: true,
  });
  const byHash = encodeBlockRequest({
    attributes: {header: true, body: true},
    from: {hash: ONES},
    direction: "ascending",
  });

  assert.equal(bytesToHex(byNumber), "0x0880808088011a0402010000280130403801");
  assert.equal(bytesToHex(byHash), `0x08808080181220${ones}`);
});

test("block requests are read as they were written", () => {
  const attributes = fc.record({
    header: fc.boolean(),
    body: fc.boolean(),
    justification: fc.boolean(),
  });
  const from = fc.oneof(fc.record({hash}), fc.record({number: fc.nat({max: 0xffff_ffff})}));
  const request = fc.record(
    {
      attributes,
      from,
      direction: fc.constantFrom("ascending" as const, "descending" as const),
      maxBlocks: fc.integer({min: 1, max: 1_000}),
      supportsMultipleJustifications: fc.boolean(),
    },
    {requiredKeys: ["attributes", "from", "direction", "supportsMultipleJustifications"]},
  );
  roundTrips(request as fc.Arbitrary<BlockRequest>, encodeBlockRequest, decodeBlockRequest);
});

test("block responses are read as they were written, in the new form and in the old", () => {
  const engine = fc.constant(new TextEncoder().encode("FRNK"));
  const proofs = fc.array(fc.record({engine, proof: any}), {minLength: 1, maxLength: 1});
  const block = fc.record(
    {
      hash,
      header: some,
      body: fc.array(any, {minLength: 1, maxLength: 4}),
      justifications: proofs,
    },
    {requiredKeys: ["hash"]},
  ) as fc.Arbitrary<BlockData>;
  const blocks = fc.array(block, {maxLength: 4});
  for (const multipleJustifications of [true, false]) {
    roundTrips(
      blocks,
      value => encodeBlockResponse(value, {multipleJustifications}),
      bytes => decodeBlockResponse(bytes) as Result<BlockData[], unknown>,
    );
  }
});

test("a justification in its two forms has fields 8 and 6", () => {
  const block = {
    hash: ONES,
    justifications: [{engine: new TextEncoder().encode("FRNK"), proof: hex("0xaabb")}],
  };

  const many = encodeBlockResponse([block], {multipleJustifications: true});
  const one = encodeBlockResponse([block], {multipleJustifications: false});

  assert.equal(bytesToHex(many), `0x0a2c0a20${ones}42080446524e4b08aabb`);
  assert.equal(bytesToHex(one), `0x0a260a20${ones}3202aabb`);
});

test("state requests and responses are read as they were written", () => {
  const start = fc.array(any, {maxLength: 2});
  roundTrips(
    fc.record({block: hash, start, noProof: fc.boolean()}),
    encodeStateRequest,
    decodeStateRequest as never,
  );
  const entries = fc.array(fc.record({key: any, value: any}), {maxLength: 3});
  const trie = fc.record({stateRoot: any, entries, complete: fc.boolean()});
  roundTrips(
    fc.record({entries: fc.array(trie, {maxLength: 3}), proof: any}),
    encodeStateResponse,
    decodeStateResponse as never,
  );
});

test("light requests and responses are read as they were written", () => {
  const keys = fc.array(any, {maxLength: 4});
  const request = fc.oneof(
    fc.record({kind: fc.constant("call"), block: hash, method: fc.string(), data: any}),
    fc.record({kind: fc.constant("read"), block: hash, keys}),
    fc.record({kind: fc.constant("read-child"), block: hash, storageKey: any, keys}),
  ) as fc.Arbitrary<LightRequest>;
  roundTrips(request, encodeLightRequest, decodeLightRequest);
  roundTrips(
    fc.record({
      kind: fc.constantFrom("call" as const, "read" as const),
      proof: fc.option(any, {nil: undefined}),
    }),
    encodeLightResponse,
    decodeLightResponse,
  );
});

test("a read request has its keys in field 3 of field 2", () => {
  const request = encodeLightRequest({kind: "read", block: ONES, keys: [hex("0x3a636f6465")]});

  assert.equal(bytesToHex(request), `0x12291220${ones}1a053a636f6465`);
});

test("kademlia messages are read as they were written", () => {
  const peer = fc.record({id: any, addresses: fc.array(any, {maxLength: 3})});
  roundTrips(
    fc.record({type: fc.nat({max: 5}), key: any, closerPeers: fc.array(peer, {maxLength: 3})}),
    encodeKademlia,
    decodeKademlia as never,
  );
});

test("a warp request is 32 bytes", () => {
  assert.ok(decodeWarpRequest(ONES).ok);
  assert.ok(!decodeWarpRequest(ONES.subarray(1)).ok);
});

test("arbitrary and damaged bytes are a value or a coded failure, never an exception", () => {
  const decoders: ((bytes: Uint8Array) => Result<unknown, {code: string}>)[] = [
    decodeHandshake,
    decodeAnnounce,
    decodeTransactions,
    decodeBlockRequest,
    decodeBlockResponse,
    decodeStateRequest,
    decodeStateResponse,
    decodeLightRequest,
    decodeLightResponse,
    decodeKademlia,
  ];
  const good = encodeBlockResponse([{hash: ONES, header: ONES, body: [ONES]}], {
    multipleJustifications: true,
  });
  const damaged = fc
    .tuple(fc.nat({max: good.length - 1}), fc.nat({max: 255}))
    .map(([index, byte]) => good.map((old, i) => (i === index ? byte : old)));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({maxLength: 80}), damaged), bytes => {
      for (const decode of decoders) {
        const decoded = decode(bytes);
        assert.ok(decoded.ok || decoded.error.code === "malformed");
      }
    }),
    {numRuns: 300},
  );
});

test("lists of empty items end at their bound, groups are not followed, lengths not believed", () => {
  const emptyBlocks = new Uint8Array(2 * 129).map((_, i) => (i % 2 === 0 ? 0x0a : 0));
  const bodies = new Uint8Array(34 + 2 * 65_537);
  bodies.set([0x0a, 32]);
  for (let i = 34; i < bodies.length; i += 2) bodies[i] = 0x1a;
  const prefix = Uint8Array.of(0x0a, ...leb(bodies.length));
  const manyExtrinsics = new Uint8Array([...prefix, ...bodies]);

  assert.ok(!decodeBlockResponse(emptyBlocks).ok);
  assert.ok(!decodeBlockResponse(manyExtrinsics).ok);
  const half = {hash: ONES, body: Array.from({length: 65_536}, () => new Uint8Array(0))};
  const form = {multipleJustifications: true};
  assert.ok(decodeBlockResponse(encodeBlockResponse([half, half], form)).ok);
  assert.ok(!decodeBlockResponse(encodeBlockResponse([half, half, half], form)).ok);
  assert.ok(!decodeBlockRequest(new Uint8Array(100_000).fill(0x0b)).ok, "groups in groups");
  assert.ok(!decodeBlockResponse(hex("0x0affffffff0f")).ok, "a field of 4 GiB");
});

function leb(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...out, rest];
    out.push((rest & 0x7f) | 0x80);
  }
}
