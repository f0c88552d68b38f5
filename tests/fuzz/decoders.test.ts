import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, concatBytes, hex} from "#base";
import {parseChainSpec} from "#chain-spec";
import {decode, encode, u32} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {body, digest, era, type Header, header, inherentData} from "#primitives";
import {
  buildGenesisState,
  composeKhala,
  createRuntime,
  PRESET_PARAMETERS,
  parameters,
} from "#runtime";
import {type RuntimeHost, readCodeVersion} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import {decodeNode} from "#trie";
import {makeSenders, signTransfer} from "../../bench/transfers.ts";

/** Runs of each property; the nightly script asks for more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 5_000);

const crypto = await createNativeCrypto(randomBytes);
const {hashing} = crypto;
const hash = (data: Uint8Array) => hashing.blake2b256(data);
const chain = composeKhala(PRESET_PARAMETERS.dev, hashing);
const runtime = createRuntime(chain);
const [sender] = makeSenders(crypto, 1);
assert.ok(sender);

const genesis = new Overlay(memoryState([], hash));
buildGenesisState(genesis, chain, PRESET_PARAMETERS.dev, {
  balances: [[sender.publicKey, 10n ** 15n]],
  invulnerables: [sender.publicKey],
  sessionKeys: [[sender.publicKey, {aura: sender.publicKey, grandpa: sender.publicKey}]],
  sudo: sender.publicKey,
});
const state = memoryState([...genesis.outcome(0).state.entries()], hash);
const host = (): RuntimeHost => ({state: new Overlay(state), verifySignature: () => false});

const transfer = signTransfer(sender, new Uint8Array(32).fill(7), 0, new Uint8Array(32).fill(69));
const someHeader: Header = {
  parentHash: new Uint8Array(32).fill(1),
  number: 70_000,
  stateRoot: new Uint8Array(32).fill(2),
  extrinsicsRoot: new Uint8Array(32).fill(3),
  digest: [{type: "PreRuntime", value: [hex("0x61757261"), new Uint8Array(8)]}],
};

/** Good bytes spoilt in one to four places: a byte changed, a piece cut out, put in or doubled. */
function mutated(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const mutation = fc.record({
    at: fc.nat(good.length),
    kind: fc.constantFrom("set", "cut", "insert", "double"),
    byte: fc.integer({min: 0, max: 255}),
    length: fc.integer({min: 1, max: 40}),
  });
  return fc.array(mutation, {minLength: 1, maxLength: 4}).map(mutations => {
    let bytes: Uint8Array = good.slice();
    for (const {at, kind, byte, length} of mutations) {
      const place = Math.min(at, bytes.length);
      const end = Math.min(place + length, bytes.length);
      if (kind === "set" && place < bytes.length) bytes[place] = byte;
      if (kind === "cut") bytes = concatBytes(bytes.subarray(0, place), bytes.subarray(end));
      if (kind === "insert") {
        const piece = new Uint8Array(length).fill(byte);
        bytes = concatBytes(bytes.subarray(0, place), piece, bytes.subarray(place));
      }
      if (kind === "double") bytes = concatBytes(bytes.subarray(0, end), bytes.subarray(place));
    }
    return bytes;
  });
}

function hostile(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc.oneof(fc.uint8Array({maxLength: 300}), mutated(good), mutated(good));
}

test("a runtime call with any bytes gives an answer or a coded failure, never an exception", () => {
  const source = Uint8Array.of(2);
  const at = new Uint8Array(32);
  const validate = concatBytes(source, transfer, at);
  const cases: [string, Uint8Array][] = [
    ["TaggedTransactionQueue_validate_transaction", validate],
    ["BlockBuilder_apply_extrinsic", transfer],
    ["TransactionPaymentApi_query_info", concatBytes(transfer, encode(u32, transfer.length))],
    ["TransactionPaymentApi_query_fee_details", concatBytes(transfer, encode(u32, 10))],
    ["TransactionPaymentCallApi_query_call_info", concatBytes(hex("0x2803"), new Uint8Array(40))],
    ["Metadata_metadata_at_version", encode(u32, 15)],
    ["SessionKeys_decode_session_keys", concatBytes(Uint8Array.of(0x80), at)],
    ["AccountNonceApi_account_nonce", at],
    ["Core_initialize_block", encode(header, someHeader)],
    ["Core_execute_block", concatBytes(encode(header, someHeader), encode(body, [transfer]))],
    [
      "BlockBuilder_inherent_extrinsics",
      encode(inherentData, new Map([["timstap0", new Uint8Array(8)]])),
    ],
    [
      "BlockBuilder_check_inherents",
      concatBytes(encode(header, someHeader), encode(body, [transfer]), Uint8Array.of(0)),
    ],
    ["OffchainWorkerApi_offchain_worker", encode(header, someHeader)],
  ];
  for (const [name, good] of cases) {
    fc.assert(
      fc.property(hostile(good), bytes => {
        const result = runtime.call(name, bytes, host());
        if (result.ok) return;
        assert.ok(
          ["arguments-invalid", "trap"].includes(result.error.code),
          `${name} ${bytesToHex(bytes)}: ${result.error.code}`,
        );
      }),
      {numRuns: Math.ceil(RUNS / 5)},
    );
  }
});

test("a spoilt extrinsic never has the say of the good one: it is refused or its signature fails", () => {
  fc.assert(
    fc.property(mutated(transfer), bytes => {
      const args = concatBytes(Uint8Array.of(2), bytes, new Uint8Array(32));
      const result = runtime.call("TaggedTransactionQueue_validate_transaction", args, host());
      if (result.ok) assert.equal(result.value[0], 1, bytesToHex(bytes));
    }),
    {numRuns: RUNS},
  );
});

test("headers, digests, eras, parameters, bodies and trie nodes decode or fail as values, and what decodes is read as it was written", () => {
  const codecs = [
    [header, encode(header, someHeader)],
    [digest, encode(digest, {logs: [...someHeader.digest]})],
    [era, Uint8Array.of(0xf5, 0x03)],
    [parameters, encode(parameters, PRESET_PARAMETERS.dev)],
    [body, encode(body, [transfer, transfer])],
  ] as const;
  for (const [codec, good] of codecs) {
    fc.assert(
      fc.property(hostile(good), bytes => {
        const decoded = decode(codec as typeof header, bytes);
        if (!decoded.ok) return;
        const again = encode(codec as typeof header, decoded.value);
        assert.equal(bytesToHex(again), bytesToHex(bytes));
      }),
      {numRuns: RUNS},
    );
  }
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 300}), bytes => {
      decodeNode(bytes, 0, "", 0);
    }),
    {numRuns: RUNS},
  );
});

test("runtime blobs and chain specs of any content are read or refused by name", () => {
  fc.assert(
    fc.property(hostile(concatBytes(hex("0x0061736d01000000"), new Uint8Array(40))), bytes => {
      readCodeVersion(bytes);
    }),
    {numRuns: RUNS},
  );
  fc.assert(
    fc.property(fc.json(), text => {
      const parsed = parseChainSpec(text);
      if (!parsed.ok) assert.ok(parsed.error.key.length > 0);
    }),
    {numRuns: Math.ceil(RUNS / 5)},
  );
});
