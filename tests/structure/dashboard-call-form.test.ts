import assert from "node:assert/strict";
import {createRequire} from "node:module";
import {test} from "node:test";
import fc from "fast-check";
import {
  type Draft,
  type FormField,
  formFields,
  readAmountArgument,
  readArgument,
  readArguments,
  type Shape,
  shapeOf,
  type TextShape,
} from "../../dashboard/src/call-form/index.ts";
import {carefulBuilder} from "../../dashboard/src/chain/careful-builder.ts";
import {bytes, decode, encode, option, u32} from "../../src/codec/index.ts";
import {createNativeCrypto} from "../../src/crypto-native/index.ts";
import {createRuntime} from "../../src/runtime/index.ts";
import {memoryState, Overlay} from "../../src/state/index.ts";
import {composeRhala} from "../vectors/rhala.ts";

const fromDashboard = createRequire(new URL("../../dashboard/src/main.tsx", import.meta.url));
const {decAnyMetadata, unifyMetadata} = await import(
  fromDashboard.resolve("@polkadot-api/substrate-bindings")
);
const {getLookupFn} = await import(fromDashboard.resolve("@polkadot-api/metadata-builders"));

async function describedRuntime() {
  const {hashing} = await createNativeCrypto();
  const chain = composeRhala(hashing);
  const host = {
    state: new Overlay(memoryState([], chain.config.blockHash)),
    verifySignature: () => false,
  };
  const name = "Metadata_metadata_at_version";
  const answer = createRuntime(chain).call(name, encode(u32, 15), host);
  assert.ok(answer.ok);
  const opaque = decode(option(bytes), answer.value);
  assert.ok(opaque.ok && opaque.value !== undefined);
  const metadata = unifyMetadata(decAnyMetadata(opaque.value));
  const lookup = getLookupFn(metadata);
  return {
    metadata,
    lookup,
    extrinsicTypes: metadata.extrinsic,
    addressPrefix: 30,
    builder: carefulBuilder(lookup, undefined),
  };
}

const runtime = await describedRuntime();
const unit = {symbol: "PHA", decimals: 12};
const reading = {runtime, unit};

/** Deep enough for calls in calls; what holds itself is cut off there. */
const DEEPEST = 9;

const hexOf = (length: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({minLength: length, maxLength: length})
    .map(each => `0x${Buffer.from(each).toString("hex")}`);

function line(shape: TextShape): fc.Arbitrary<string> {
  switch (shape.is) {
    case "text":
      return fc.string();
    case "letter":
      return fc.constantFrom("a", "Z", "~");
    case "bits":
      return fc.stringMatching(/^[01]{0,20}$/);
    case "account":
      return fc.oneof(fc.constantFrom("Alice", "//bob", "ferdie"), hexOf(32));
    case "ethereum":
      return hexOf(20);
    case "amount":
      return fc
        .tuple(fc.nat(100_000), fc.stringMatching(/^\d{1,12}$/))
        .map(([whole, part]) => `${whole}.${part}`);
    case "number":
      return fc.bigInt({min: shape.least, max: shape.most}).map(String);
    case "bytes":
      return shape.length === undefined
        ? fc.oneof(
            hexOf(5),
            fc.string().filter(text => !/^\s*0x/i.test(text)),
          )
        : hexOf(shape.length);
  }
}

const drafted = (field: FormField, depth: number): fc.Arbitrary<Draft> =>
  draftsOf(shapeOf(field, runtime), depth);

/** Anything that a person could have filled in for a shape. */
function draftsOf(shape: Shape, depth: number): fc.Arbitrary<Draft> {
  if (depth > DEEPEST && shape.is === "choice") return fc.constant(NOT_CHOSEN);
  switch (shape.is) {
    case "nothing":
      return fc.constant({kind: "nothing"});
    case "flag":
      return fc.boolean().map(isOn => ({kind: "flag", isOn}));
    case "parts":
      return fc
        .tuple(...shape.fields.map(each => drafted(each, depth + 1)))
        .map(parts => ({kind: "parts", parts}));
    case "list":
      return fc
        .array(drafted(shape.item, depth + 1), {maxLength: 3})
        .map(parts => ({kind: "parts", parts}));
    case "option":
      return fc.oneof(
        fc.constant<Draft>({kind: "choice", name: "None", inner: {kind: "nothing"}}),
        drafted(shape.inner, depth + 1).map<Draft>(inner => ({
          kind: "choice",
          name: "Some",
          inner,
        })),
      );
    case "result":
      return fc.oneof(
        drafted(shape.ok, depth + 1).map<Draft>(inner => ({kind: "choice", name: "Ok", inner})),
        drafted(shape.failed, depth + 1).map<Draft>(inner => ({
          kind: "choice",
          name: "Err",
          inner,
        })),
      );
    case "choice":
      return fc.constantFrom(...shape.cases).chain(name =>
        draftsOf(shape.within(name), depth + 1).map<Draft>(inner => ({
          kind: "choice",
          name,
          inner,
        })),
      );
    default:
      return line(shape).map(text => ({kind: "text", text}));
  }
}

const NOT_CHOSEN: Draft = {kind: "choice", name: undefined, inner: {kind: "nothing"}};

interface Named {
  readonly pallet: string;
  readonly call: string;
}

const calls: readonly Named[] = runtime.metadata.pallets.flatMap(
  ({name, calls: of}: {name: string; calls?: {type: number}}) =>
    of === undefined
      ? []
      : runtime.metadata.lookup[of.type].def.value.map((each: {name: string}) => ({
          pallet: name,
          call: each.name,
        })),
);

test("whatever is filled in for any call of a runtime is written as its codec reads it, or lacks a choice that was not made", () => {
  assert.ok(calls.length > 25, `${calls.length} calls`);
  for (const {pallet, call} of calls) {
    const fields = formFields(runtime, pallet, call);
    const {codec} = runtime.builder.buildCall(pallet, call);
    fc.assert(
      fc.property(fc.tuple(...fields.map(each => drafted(each, 0))), drafts => {
        const read = readArguments(fields, drafts, reading);
        if (!read.ok) {
          assert.equal(read.expected, "choose one", `${pallet}.${call}: ${read.at}`);
          return;
        }
        const written = codec.enc(read.value);
        assert.deepEqual(codec.enc(codec.dec(written)), written, `${pallet}.${call}`);
      }),
      {numRuns: 20},
    );
  }
});

test("what is no value of a field's type is refused, with the way to it and what it takes", () => {
  const fields = formFields(runtime, "Balances", "transfer_keep_alive");
  const who = (text: string): Draft => ({
    kind: "choice",
    name: "Id",
    inner: {kind: "text", text},
  });
  const amount = (text: string): Draft => ({kind: "text", text});
  const read = (dest: Draft, value: Draft) => readArguments(fields, [dest, value], reading);
  assert.deepEqual(read(who("Alice"), amount("1.5")), {
    ok: true,
    value: {
      dest: {type: "Id", value: "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs2"},
      value: 1_500_000_000_000n,
    },
  });
  assert.deepEqual(read(who("Mallory"), amount("1")), {
    ok: false,
    at: ["dest", "Id"],
    expected: "an address, a public key in hex, or a name such as Alice",
  });
  for (const wrong of ["", "-1", "1.0000000000001", "1e3"]) {
    const refused = read(who("Bob"), amount(wrong));
    assert.deepEqual(refused, {
      ok: false,
      at: ["value"],
      expected: "an amount in PHA, such as 16.5",
    });
  }
  assert.deepEqual(read(NOT_CHOSEN, amount("1")), {
    ok: false,
    at: ["dest"],
    expected: "choose one",
  });
});

test("a number has to fit its type, and bytes their length", () => {
  const [max] = formFields(runtime, "CollatorSelection", "set_desired_candidates");
  const read = (text: string) => readArguments([max!], [{kind: "text", text}], reading);
  assert.deepEqual(read("4 294 967 295"), {ok: true, value: {max: 4_294_967_295}});
  for (const wrong of ["4294967296", "-1", "1.5", "many"]) {
    assert.deepEqual(read(wrong), {
      ok: false,
      at: ["max"],
      expected: "a whole number from 0 to 4294967295",
    });
  }
});

test("whichever form a call is filled in by, a number that does not fit is refused, and never written cut", () => {
  const max = ["CollatorSelection", "set_desired_candidates", "max"] as const;
  assert.deepEqual(readArgument(max, "4294967295", reading), {ok: true, value: 4_294_967_295});
  assert.equal(readArgument(max, "99999999999", reading).ok, false);
  const bond = ["CollatorSelection", "set_candidacy_bond", "bond"] as const;
  const widest = 2n ** 128n - 1n;
  const typed = "340282366920938463463374607.431768211455";
  assert.deepEqual(readAmountArgument(bond, typed, reading), {ok: true, value: widest});
  assert.deepEqual(readAmountArgument(bond, "340282366920938463463374608", reading), {
    ok: false,
    at: [],
    expected: "at most 340,282,366,920,938,463,463,374,607.431768211455 PHA",
  });
  const {codec: wanted} = runtime.builder.buildCall("CollatorSelection", "set_desired_candidates");
  assert.throws(() => wanted.enc({max: 99_999_999_999}), /does not fit/);
  assert.throws(() => wanted.enc({max: 1.5}), /does not fit/);
  const {codec: bonded} = runtime.builder.buildCall("CollatorSelection", "set_candidacy_bond");
  assert.throws(() => bonded.enc({bond: widest + 1n}), /does not fit/);
  assert.deepEqual(bonded.dec(bonded.enc({bond: widest})), {bond: widest});
  // Within a call that another one carries too.
  const {codec: carried} = runtime.builder.buildCall("Sudo", "sudo");
  const inner = {
    type: "CollatorSelection",
    value: {type: "set_candidacy_bond", value: {bond: -1n}},
  };
  assert.throws(() => carried.enc({call: inner}), /does not fit/);
});
