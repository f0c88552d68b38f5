import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, concatBytes, type Result} from "#base";
import {decode, encode, Sink} from "#codec";
import {
  hash,
  IMMORTAL,
  mortalEra,
  type TransactionValidity,
  transactionValidity,
  writeLengthPrefix,
} from "#primitives";
import {account, address} from "../../../test-kit/accounts.ts";
import {
  anyState,
  DEPENDENT,
  extrinsicOf,
  FIXED,
  remark,
  shapeOf,
} from "../../../test-kit/extrinsic-shapes.ts";
import {askBoth, assertSame, holds, khala, outcome} from "../../../test-kit/light-client-states.ts";

const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000);

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

test("a transaction longer than all of its class in a block is refused", () => {
  for (const length of [3_900_000, 3_940_000, 5_300_000]) {
    const keys = {aura: account(4), grandpa: account(4)};
    const call = khala.call("Session", "set_keys", {keys, proof: new Uint8Array(length)});
    const signature = {type: "Sr25519", value: new Uint8Array(64).fill(1)} as const;
    const shape = {call, signature, era: IMMORTAL, nonce: 0, tip: 0n, mode: 0};
    for (const signer of [address(4), undefined]) {
      assertSame(khala.view, VALIDATE, validateArguments(extrinsicOf({...shape, signer})));
    }
  }
});
