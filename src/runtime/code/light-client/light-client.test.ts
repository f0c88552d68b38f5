import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, concatBytes, type Result} from "#base";
import {compactU128, decode, encode, MAX_U64, MAX_U128, Sink, u32} from "#codec";
import {createPortableHashing} from "#crypto";
import {
  accountId,
  type Era,
  era,
  hash,
  IMMORTAL,
  type MultiAddress,
  type MultiSignature,
  mortalEra,
  multiAddress,
  multiSignature,
  type TransactionValidity,
  transactionValidity,
  weight,
  weightOf,
  writeLengthPrefix,
} from "#primitives";
import type {RuntimeHost, SignatureRequest} from "#runtime-api";
import {Overlay, type StateView} from "#state";
import {chainCode, createRuntime} from "../../chains/index.ts";
import type {RuntimeCall} from "../../frame/index.ts";
import {account, address} from "../../test-kit/accounts.ts";
import {KhalaTestChain} from "../../test-kit/khala-test-chain.ts";
import {runCode} from "../run-code.ts";

const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000);
const hashing = createPortableHashing();
const khala = new KhalaTestChain();
const code = chainCode(khala.chain);
const runtime = createRuntime(khala.chain);

/** Genesis; a few blocks with transactions; and beyond the first session, where the block hash 0 is stored. */
const states = new Map<string, StateView>([["genesis", khala.view]]);
khala.advance([khala.signed(1, khala.transfer(2, 5n)), khala.signed(2, khala.transfer(3, 7n))]);
khala.advance([khala.signed(1, khala.transfer(2, 5n), {nonce: 1})]);
states.set("block 2", khala.view);
for (const who of [2, 3]) {
  const keys = {aura: account(who), grandpa: account(who)};
  const setKeys = khala.call("Session", "set_keys", {keys, proof: new Uint8Array(0)});
  khala.advance([khala.signed(who, setKeys, {nonce: who === 2 ? 1 : 0})]);
  const register = khala.call("CollatorSelection", "register_as_candidate");
  khala.advance([khala.signed(who, register, {nonce: who === 2 ? 2 : 1})]);
}
while (khala.head.number < 41) khala.advance();
states.set("a rotation later", khala.view);
while (khala.head.number < 83) khala.advance();
states.set("two rotations later", khala.view);

/** A signature holds if its second byte is odd. */
const holds = (signature: Uint8Array) => signature[1]! % 2 === 1;

/** Both answers, and what signatures each asked about. */
function askBoth(view: StateView, name: string, args: Uint8Array = new Uint8Array(0)) {
  const asked = {typescript: [] as SignatureRequest[], code: [] as SignatureRequest[]};
  const host: RuntimeHost = {
    state: new Overlay(view),
    verifySignature(request) {
      asked.typescript.push(request);
      return holds(request.signature);
    },
  };
  const typescript = runtime.call(name, args, host);
  const answer = runCode(code, name, args, {
    state: new Overlay(view),
    hashing,
    signatures: {
      verify(scheme, signature, message, publicKey) {
        asked.code.push({scheme, signature, message, account: publicKey});
        return holds(signature);
      },
      ecdsaRecoverHashed: () => undefined,
    },
  });
  return {typescript, code: answer, asked};
}

/** The bytes of an answer; a call that fails fails in both, whatever the reason is called. */
const outcome = (answer: Result<Uint8Array, {code: string}>) =>
  answer.ok ? bytesToHex(answer.value) : "no answer";

function assertSame(view: StateView, name: string, args?: Uint8Array): void {
  const answers = askBoth(view, name, args);
  assert.equal(outcome(answers.code), outcome(answers.typescript), name);
  assert.deepEqual(answers.asked.code, answers.asked.typescript);
}

const WITHOUT_ARGUMENTS = [
  "Core_version",
  "Metadata_metadata",
  "Metadata_metadata_versions",
  "AuraApi_slot_duration",
  "AuraApi_authorities",
  "GrandpaApi_grandpa_authorities",
  "GrandpaApi_current_set_id",
  "CollatorApi_session_status",
];

for (const name of WITHOUT_ARGUMENTS) {
  test(`${name} answers as the runtime does, on every state`, () => {
    for (const view of states.values()) assertSame(view, name);
  });
}

test("the states differ in what is asked of them", () => {
  for (const name of ["AuraApi_authorities", "CollatorApi_session_status"]) {
    const answers = [...states.values()].map(view => outcome(askBoth(view, name).code));
    assert.ok(new Set(answers).size > 1, name);
  }
});

test("lists of which nothing is stored are empty", () => {
  const empty = new Map<string, Uint8Array>();
  const view = {...states.get("genesis")!, get: (key: string) => empty.get(key)} as StateView;
  for (const name of WITHOUT_ARGUMENTS) assertSame(view, name);
  assertSame(view, "AccountNonceApi_account_nonce", account(1));
});

test("metadata of each version is answered, and of no other", () => {
  const {view} = khala;
  for (const version of [0, 13, 14, 15, 16, 17, 0xffff_ffff]) {
    assertSame(view, "Metadata_metadata_at_version", encode(u32, version));
  }
  assertSame(view, "Metadata_metadata_at_version", Uint8Array.of(14, 0, 0));
});

test("nonces are those that are stored, 0 for strangers", () => {
  for (const view of states.values()) {
    for (const who of [0, 1, 2, 3, 4, 99]) {
      assertSame(view, "AccountNonceApi_account_nonce", encode(accountId, account(who)));
    }
    assertSame(view, "AccountNonceApi_account_nonce", new Uint8Array(31));
  }
});

test("session keys are taken apart, and too few bytes are none", () => {
  for (const length of [0, 31, 32, 63, 64, 65, 200, 20_000]) {
    const keys = Uint8Array.from({length}, (_, i) => i % 251);
    const sink = new Sink();
    writeLengthPrefix(length, sink);
    sink.raw(keys);
    const args = sink.finish();
    assertSame(khala.view, "SessionKeys_decode_session_keys", args);
    assertSame(khala.view, "SessionKeys_decode_session_keys", args.subarray(0, args.length - 1));
  }
});

test("weight and length cost what they cost in the runtime", () => {
  const anyWeight = fc.tuple(fc.bigInt(0n, MAX_U64), fc.bigInt(0n, MAX_U64));
  const nearTime = fc.tuple(fc.bigInt(0n, 3_000_000_000_000n), fc.constant(0n));
  for (const api of ["TransactionPaymentApi", "TransactionPaymentCallApi"]) {
    fc.assert(
      fc.property(fc.oneof(anyWeight, nearTime), ([time, proof]) => {
        const args = encode(weight, weightOf(time, proof));
        assertSame(khala.view, `${api}_query_weight_to_fee`, args);
      }),
      {numRuns: 200},
    );
    for (const length of [0, 1, 1_000_000, 0xffff_ffff]) {
      assertSame(khala.view, `${api}_query_length_to_fee`, encode(u32, length));
    }
  }
});

interface Shape {
  readonly call: RuntimeCall;
  readonly signer: MultiAddress | undefined;
  readonly signature: MultiSignature;
  readonly era: Era;
  readonly nonce: number;
  readonly tip: bigint;
  readonly mode: number;
}

function extrinsicOf(shape: Shape): Uint8Array {
  const body = new Sink();
  body.u8(shape.signer === undefined ? 4 : 0x84);
  if (shape.signer !== undefined) {
    multiAddress.encodeTo(shape.signer, body);
    multiSignature.encodeTo(shape.signature, body);
    era.encodeTo(shape.era, body);
    writeLengthPrefix(shape.nonce, body);
    compactU128.encodeTo(shape.tip, body);
    body.u8(shape.mode);
  }
  khala.composition.runtimeCall.encodeTo(shape.call, body);
  const bytes = body.finish();
  const framed = new Sink();
  writeLengthPrefix(bytes.length, framed);
  framed.raw(bytes);
  return framed.finish();
}

const remark = (length: number) =>
  khala.call("System", "remark", {remark: new Uint8Array(length).fill(7)});
const keysOf = (n: number) => ({aura: account(n), grandpa: account(n)});

/** Calls of which the module knows weight and class, of every class and of each pallet that has some. */
const FIXED: readonly RuntimeCall[] = [
  khala.transfer(2, 1n),
  khala.call("Balances", "transfer_allow_death", {
    dest: {type: "Raw", value: new Uint8Array(300)},
    value: MAX_U128,
  }),
  khala.call("Balances", "transfer_all", {dest: address(3), keepAlive: true}),
  khala.call("Session", "set_keys", {keys: keysOf(4), proof: new Uint8Array(70)}),
  khala.call("Session", "purge_keys"),
  khala.call("CollatorSelection", "register_as_candidate"),
  khala.call("CollatorSelection", "set_candidacy_bond", {bond: 5n}),
  khala.call("System", "set_heap_pages", {pages: 5n}),
  khala.call("System", "set_code", {code: new Uint8Array(20_000)}),
  khala.call("Timestamp", "set", {now: 1n << 40n}),
  khala.call("Sudo", "set_key", {new: address(1)}),
  khala.call("Grandpa", "note_stalled", {delay: 5, bestFinalizedBlockNumber: 3}),
];

/** Calls whose weight or class depends on their arguments. */
const DEPENDENT: readonly RuntimeCall[] = [
  remark(3),
  remark(70_000),
  khala.call("Utility", "batch", {calls: [khala.transfer(2, 1n), remark(1)]}),
  khala.call("Sudo", "sudo", {call: khala.call("Timestamp", "set", {now: 1n})}),
  khala.call("CollatorSelection", "set_invulnerables", {new: [account(1), account(2)]}),
  khala.call("System", "set_storage", {items: [[Uint8Array.of(1), Uint8Array.of(2)]]}),
];

const anySigner: fc.Arbitrary<MultiAddress | undefined> = fc.oneof(
  {weight: 12, arbitrary: fc.constantFrom(1, 2, 3, 4, 6, 0).map(address)},
  fc.constant(undefined),
  fc.constant({type: "Index"} as const),
  fc.constant({type: "Address20", value: new Uint8Array(20)} as const),
);
const anySignature: fc.Arbitrary<MultiSignature> = fc
  .tuple(fc.constantFrom("Sr25519", "Ed25519", "Ecdsa"), fc.constantFrom(0, 1, 1, 1))
  .map(([type, good]) => ({
    type: type as "Sr25519",
    value: new Uint8Array(type === "Ecdsa" ? 65 : 64).fill(good, 1, 2),
  }));
const anyEra: fc.Arbitrary<Era> = fc.oneof(
  fc.constant(IMMORTAL),
  fc.tuple(fc.integer({min: 4, max: 70_000}), fc.nat(100)).map(([wish, at]) => mortalEra(wish, at)),
);
const anyTip = fc.oneof(
  fc.constantFrom(0n, 1n, 1n << 60n, MAX_U64, MAX_U64 + 1n, MAX_U128),
  fc.bigInt(0n, 1n << 60n),
);

const shapeOf = (calls: readonly RuntimeCall[]): fc.Arbitrary<Shape> =>
  fc.record({
    call: fc.constantFrom(...calls),
    signer: anySigner,
    signature: anySignature,
    era: anyEra,
    nonce: fc.oneof(fc.nat(4), fc.constantFrom(100, 70_000, 0xffff_ffff)),
    tip: anyTip,
    mode: fc.constantFrom(0, 0, 0, 0, 1),
  });
const anyState = fc.constantFrom(...states.values());
const parent = new Uint8Array(32).fill(9);
const validateArguments = (extrinsic: Uint8Array, source = 2) =>
  concatBytes(Uint8Array.of(source), extrinsic, encode(hash, parent));
const VALIDATE = "TaggedTransactionQueue_validate_transaction";

test("a transaction is judged as the runtime judges it", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyState, shapeOf(FIXED), (view, shape) => {
      // An ecdsa account is known by a recovered key, which this test has none of.
      fc.pre(shape.signature.type !== "Ecdsa" || !holds(shape.signature.value));
      const args = validateArguments(extrinsicOf(shape));
      const {typescript, code: answer, asked} = askBoth(view, VALIDATE, args);
      assert.equal(outcome(answer), outcome(typescript));
      if (shape.signature.type !== "Ecdsa") assert.deepEqual(asked.code, asked.typescript);
      if (answer.ok) seen.add(bytesToHex(answer.value.subarray(0, 3)));
    }),
    {numRuns: RUNS},
  );
  const reasons = ["0x010003", "0x010004", "0x010005", "0x010009", "0x01000a", "0x010001"];
  for (const reason of [...reasons, "0x010100", "0x010101"]) assert.ok(seen.has(reason), reason);
  assert.ok(
    [...seen].some(head => head.startsWith("0x00")),
    "a valid one",
  );
});

const validityOf = (answer: Result<Uint8Array, unknown>): TransactionValidity => {
  assert.ok(answer.ok);
  const decoded = decode(transactionValidity, answer.value);
  assert.ok(decoded.ok);
  return decoded.value;
};

test("of a call whose weight depends on its arguments, fee and class are left out of the judgement", () => {
  const unchecked = ["Payment", "MandatoryValidation", "ExhaustsResources"];
  fc.assert(
    fc.property(anyState, shapeOf(DEPENDENT), (view, shape) => {
      fc.pre(shape.signature.type !== "Ecdsa");
      const args = validateArguments(extrinsicOf(shape));
      const answers = askBoth(view, VALIDATE, args);
      const [typescript, answer] = [validityOf(answers.typescript), validityOf(answers.code)];
      if (typescript.ok) {
        assert.ok(answer.ok);
        const {priority, ...rest} = typescript.value;
        assert.ok(answer.value.priority > 0n);
        assert.deepEqual({...answer.value, priority}, {priority, ...rest});
      } else if (!unchecked.includes(typescript.error.value.type)) {
        assert.deepEqual(answer, typescript);
      }
    }),
    {numRuns: RUNS / 4},
  );
});

test("cut short at any length, a transaction gets no answer from either", () => {
  const extrinsics = [...FIXED.slice(0, 4), ...DEPENDENT.slice(2)].map(call =>
    khala.signed(1, call, {nonce: 2, tip: 1_000n, era: mortalEra(64, 2)}),
  );
  for (const extrinsic of extrinsics) {
    const args = validateArguments(extrinsic);
    const lengths = Array.from({length: args.length}, (_, i) => i);
    for (const length of lengths) assertSame(khala.view, VALIDATE, args.subarray(0, length));
    // The body cut, and the length prefix telling of no more than is left.
    const [body] = [extrinsic.subarray(2)];
    for (let length = 0; length < body.length; length++) {
      const sink = new Sink();
      writeLengthPrefix(length, sink);
      sink.raw(body.subarray(0, length));
      assertSame(khala.view, VALIDATE, validateArguments(sink.finish()));
    }
  }
});

test("bytes changed anywhere make both refuse, or answer alike", () => {
  fc.assert(
    fc.property(
      shapeOf(FIXED.filter(({call}) => call.name !== "set_code")),
      fc.array(fc.tuple(fc.nat(400), fc.integer({min: 0, max: 255})), {minLength: 1, maxLength: 3}),
      (shape, changes) => {
        const args = validateArguments(extrinsicOf(shape));
        for (const [at, byte] of changes) args[at % args.length] = byte;
        const {typescript, code: answer} = askBoth(khala.view, VALIDATE, args);
        // A changed tag may name ecdsa, or a call whose weight is not known here.
        const comparable = !typescript.ok || !answer.ok;
        if (comparable) assert.equal(answer.ok, typescript.ok);
      },
    ),
    {numRuns: RUNS},
  );
});

test("calls may be nested as deep as the runtime reads them, and no deeper", () => {
  const nest = (depth: number): Uint8Array =>
    concatBytes(
      ...Array.from({length: depth}, () => Uint8Array.of(99, 0)),
      encode(khala.composition.runtimeCall, remark(1)),
    );
  for (const depth of [1, 200, 254, 255, 256, 257]) {
    const body = concatBytes(Uint8Array.of(4), nest(depth));
    const sink = new Sink();
    writeLengthPrefix(body.length, sink);
    sink.raw(body);
    const {typescript, code: answer} = askBoth(
      khala.view,
      VALIDATE,
      validateArguments(sink.finish()),
    );
    assert.equal(answer.ok, typescript.ok, `${depth}`);
    assert.equal(answer.ok, depth < 256, `${depth}`);
  }
});

test("fees are the runtime's for calls of a known weight", () => {
  fc.assert(
    fc.property(anyState, shapeOf(FIXED), fc.nat(0xffff_ffff), (view, shape, length) => {
      const args = concatBytes(extrinsicOf(shape), encode(u32, length));
      assertSame(view, "TransactionPaymentApi_query_info", args);
      assertSame(view, "TransactionPaymentApi_query_fee_details", args);
      const call = encode(khala.composition.runtimeCall, shape.call);
      const callArgs = concatBytes(call, encode(u32, length));
      assertSame(view, "TransactionPaymentCallApi_query_call_info", callArgs);
      assertSame(view, "TransactionPaymentCallApi_query_call_fee_details", callArgs);
    }),
    {numRuns: RUNS / 4},
  );
});

test("the fee of a call of unknown weight is not answered at all", () => {
  for (const call of DEPENDENT) {
    const args = concatBytes(khala.signed(1, call), encode(u32, 100));
    for (const name of ["query_info", "query_fee_details"]) {
      assert.equal(
        outcome(askBoth(khala.view, `TransactionPaymentApi_${name}`, args).code),
        "no answer",
      );
    }
  }
});
