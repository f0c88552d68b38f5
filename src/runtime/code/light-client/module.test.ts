import assert from "node:assert/strict";
import {test} from "node:test";
import {equalBytes} from "#base";
import {createPortableHashing} from "#crypto";
import {wasmSections} from "#wasm";
import {chainCode, composeKhala, PRESET_PARAMETERS} from "../../chains/index.ts";

const codeOf = (preset: keyof typeof PRESET_PARAMETERS) =>
  chainCode(composeKhala(PRESET_PARAMETERS[preset], createPortableHashing()));
const code = codeOf("dev");

const EXPORTED = [
  "AccountNonceApi_account_nonce",
  "AuraApi_authorities",
  "AuraApi_slot_duration",
  "CollatorApi_session_status",
  "Core_version",
  "GrandpaApi_current_set_id",
  "GrandpaApi_grandpa_authorities",
  "Metadata_metadata",
  "Metadata_metadata_at_version",
  "Metadata_metadata_versions",
  "SessionKeys_decode_session_keys",
  "TaggedTransactionQueue_validate_transaction",
  "TransactionPaymentApi_query_fee_details",
  "TransactionPaymentApi_query_info",
  "TransactionPaymentApi_query_length_to_fee",
  "TransactionPaymentApi_query_weight_to_fee",
  "TransactionPaymentCallApi_query_call_fee_details",
  "TransactionPaymentCallApi_query_call_info",
  "TransactionPaymentCallApi_query_length_to_fee",
  "TransactionPaymentCallApi_query_weight_to_fee",
];

/** All of them in smoldot and in every Substrate host of the last years. */
const IMPORTED = [
  "ext_allocator_malloc_version_1",
  "ext_crypto_ed25519_verify_version_1",
  "ext_crypto_secp256k1_ecdsa_recover_compressed_version_2",
  "ext_crypto_sr25519_verify_version_2",
  "ext_hashing_blake2_128_version_1",
  "ext_hashing_blake2_256_version_1",
  "ext_hashing_twox_64_version_1",
  "ext_storage_get_version_1",
];

test("the module exports its memory, the start of the host's and the functions it answers", () => {
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(code));
  assert.deepEqual(
    exports.map(({name, kind}) => `${kind} ${name}`).sort(),
    ["global __heap_base", "memory memory", ...EXPORTED.map(name => `function ${name}`)].sort(),
  );
});

test("it imports host functions and nothing else", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(code));
  assert.ok(imports.every(({kind}) => kind === "function"));
  assert.deepEqual(imports.map(({name}) => name).sort(), IMPORTED);
});

test("the same chain has the same code, another parameter another", () => {
  assert.ok(equalBytes(codeOf("dev"), code));
  assert.ok(!equalBytes(codeOf("local"), code));
});

test("with all metadata it stays below 200 kB: every chain carries it", () => {
  assert.ok(code.length < 200_000, `${code.length} bytes`);
});

/** Reads the module the plain way, knowing no more than WebAssembly 1.0 has. */
class PlainReader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    return this.bytes[this.at++]!;
  }

  leb(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** Passes one instruction and its immediates. */
  instruction(): number {
    const opcode = this.byte();
    const isPlain = opcode <= 0x01 || opcode === 0x05 || opcode === 0x0b || opcode === 0x0f;
    const isStack = opcode === 0x1a || opcode === 0x1b || (opcode >= 0x45 && opcode <= 0xbf);
    if (isPlain || isStack) return opcode;
    if (opcode >= 0x02 && opcode <= 0x04) this.byte();
    else if (opcode >= 0x28 && opcode <= 0x3e) {
      this.leb();
      this.leb();
    } else if ([0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x41, 0x42].includes(opcode)) {
      this.leb();
    } else assert.fail(`opcode 0x${opcode.toString(16)} is not one of WebAssembly 1.0 that we use`);
    return opcode;
  }
}

const sectionsOf = () => {
  const sections = wasmSections(code);
  assert.ok(sections.ok);
  return sections.value;
};

test("it is WebAssembly 1.0: known sections in their order, no start, one result, plain instructions", () => {
  const sections = sectionsOf();
  const ids = sections.map(({id}) => id);
  assert.deepEqual(ids, [1, 2, 3, 5, 6, 7, 10, 11, 0, 0, 0]);

  const types = new PlainReader(sections.find(({id}) => id === 1)!.content);
  for (let left = types.leb(); left > 0; left--) {
    assert.equal(types.byte(), 0x60);
    const params = types.leb();
    types.at += params;
    const results = types.leb();
    assert.ok(results <= 1);
    types.at += results;
  }

  const bodies = new PlainReader(sections.find(({id}) => id === 10)!.content);
  let instructions = 0;
  for (let left = bodies.leb(); left > 0; left--) {
    const size = bodies.leb();
    const end = bodies.at + size;
    for (let locals = bodies.leb(); locals > 0; locals--) {
      bodies.leb();
      bodies.byte();
    }
    while (bodies.at < end) {
      bodies.instruction();
      instructions++;
    }
    assert.equal(bodies.at, end);
  }
  assert.ok(instructions > 1_000, `${instructions} instructions`);
});
