import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, concatBytes, err, hex, ok, type Result, unwrap, utf8Bytes} from "#base";
import {bytes, encode} from "#codec";
import {header as headerCodec} from "#primitives";
import {type Runtime, type RuntimeFailure, type RuntimeHost, runCall} from "#runtime-api";
import {validateBlock, validationResult} from "./validate-block.ts";

const header = {
  parentHash: new Uint8Array(32).fill(1),
  number: 5,
  stateRoot: new Uint8Array(32).fill(2),
  extrinsicsRoot: new Uint8Array(32).fill(3),
  digest: [],
};
const request = {
  parentHead: Uint8Array.of(9, 9),
  block: {header, extrinsics: [Uint8Array.of(8, 4, 0), Uint8Array.of(4, 4)]},
  proof: [Uint8Array.of(7, 7, 7), Uint8Array.of()],
  relayParentNumber: 0x0102,
  relayParentStorageRoot: new Uint8Array(32).fill(6),
};
const RESULT = {
  headData: Uint8Array.of(1, 2),
  newValidationCode: Uint8Array.of(3),
  upwardMessages: [Uint8Array.of(4), Uint8Array.of(5, 6)],
  horizontalMessages: [{recipient: 2000, data: Uint8Array.of(7)}],
  processedDownwardMessages: 8,
  hrmpWatermark: 9,
};
/** BLAKE2b-64 of `CollectCollationInfo`. */
const COLLATION_INFO = hex("0xea93e3f16f3d6962");

/** A runtime that is one function of the arguments. */
function runtimeOf(
  judge: (args: Uint8Array, host: RuntimeHost) => Result<Uint8Array, RuntimeFailure>,
  collationInfo = 2,
): Runtime {
  return {
    version: {
      specName: "test",
      implName: "test",
      authoringVersion: 1,
      specVersion: 1,
      implVersion: 1,
      apis: [[COLLATION_INFO, collationInfo]],
      transactionVersion: 1,
      stateVersion: 1,
    } as unknown as Runtime["version"],
    call: (name, args, host) =>
      name === "validate_block"
        ? runCall(name, host.state, () => judge(args, host))
        : err({code: "function-not-found", name}),
  };
}

const verifySignature = () => false;
const judged = (runtime: Runtime) => validateBlock(runtime, request, {verifySignature});
const answering = (answer: Uint8Array) => runtimeOf(() => ok(answer));

test("the arguments are those of a relay chain's validator, to the byte", () => {
  const seen: string[] = [];
  const note = (args: Uint8Array) => {
    seen.push(bytesToHex(args));
    return ok(encode(validationResult, RESULT));
  };
  assert.deepEqual(unwrap(judged(runtimeOf(note))), RESULT);
  unwrap(judged(runtimeOf(note, 3)));
  const block = concatBytes(encode(headerCodec, header), hex("0x08"), hex("0x0804000404"));
  const proof = hex("0x080c07070700");
  const whole = (blockData: Uint8Array) =>
    bytesToHex(
      concatBytes(
        hex("0x080909"),
        encode(bytes, blockData),
        hex("0x02010000"),
        hex(`0x${"06".repeat(32)}`),
      ),
    );
  const versioned = concatBytes(utf8Bytes("VERSIONEDPBD"), hex("0x0104"), block, proof);
  assert.deepEqual(seen, [whole(concatBytes(block, proof)), whole(versioned)]);
});

test("a panic is a refusal with the runtime's own words", () => {
  const message = "panicked: Invalid AuRa seal";
  const refusing = runtimeOf((_, __) => err({code: "trap", name: "validate_block", message}));
  assert.deepEqual(judged(refusing), err({code: "refused", reason: message}));
});

test("a runtime without the function is no parachain's", () => {
  const other = runtimeOf(() => ok(new Uint8Array(0)));
  const solo: Runtime = {...other, call: (name: string) => err({code: "function-not-found", name})};
  assert.deepEqual(judged(solo), err({code: "no-judge"}));
});

test("what tells nothing of the block is no refusal: a call given up, a stack that ended, an answer that cannot be read", () => {
  const name = "validate_block";
  const failures: RuntimeFailure[] = [
    {code: "given-up", name, milliseconds: 5},
    {code: "trap", name, message: "the stack overflowed", isStateLost: true},
  ];
  for (const failure of failures) {
    const answer = judged(runtimeOf(() => err(failure)));
    assert.equal(!answer.ok && answer.error.code, "not-judged");
  }
  for (const answer of [new Uint8Array(3), encode(bytes, new Uint8Array(3))]) {
    const read = judged(answering(answer));
    assert.equal(!read.ok && read.error.code, "not-judged");
  }
  const trailing = judged(
    answering(concatBytes(encode(validationResult, RESULT), Uint8Array.of(0))),
  );
  assert.equal(!trailing.ok && trailing.error.code, "not-judged");
});

test("the judge is given no state: reading any ends the call", () => {
  const reading = runtimeOf((_, {state}) => ok(state.get("key") ?? new Uint8Array(0)));
  const answer = judged(reading);
  assert.ok(!answer.ok && answer.error.code === "not-judged");
  assert.match(answer.error.reason, /0x6b6579/);
});

test("signatures are the caller's to check", () => {
  const asking = runtimeOf((_, host) => {
    const request = {
      scheme: "sr25519",
      signature: new Uint8Array(64),
      message: new Uint8Array(1),
      account: new Uint8Array(32),
    } as const;
    const message = String(host.verifySignature(request));
    return err({code: "trap", name: "validate_block", message});
  });
  assert.deepEqual(judged(asking), err({code: "refused", reason: "false"}));
});
