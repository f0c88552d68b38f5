import assert from "node:assert/strict";
import {before, test} from "node:test";
import {
  ed25519KeypairFromSeed,
  ed25519Sign,
  ed25519Verify,
  secp256k1Recover,
  sr25519KeypairFromSeed,
  sr25519Sign,
  sr25519Verify,
  waitReady,
} from "@polkadot/wasm-crypto";
import fc from "fast-check";
import {bytesToHex, concatBytes, equalBytes, hex, unwrap} from "#base";
import {
  type CryptoSuite,
  createPortableCrypto,
  PUBLIC_KEY_LENGTH,
  SIGNATURE_LENGTH,
  SIGNATURE_SCHEMES,
  type SignatureScheme,
  verifyMultiSignatures,
} from "#crypto";
import {createNativeCrypto} from "./native-crypto.ts";
import {nativeSecp256k1, wasmSecp256k1} from "./secp256k1.ts";

before(() => waitReady());

const implementations: readonly [string, () => CryptoSuite | Promise<CryptoSuite>, number][] = [
  ["portable", () => createPortableCrypto(length => new Uint8Array(length).fill(3)), 60],
  ["native", () => createNativeCrypto(), 400],
  ["native without addon", () => createNativeCrypto(undefined, wasmSecp256k1()), 400],
];

const seeds = fc.uint8Array({minLength: 32, maxLength: 32}).filter(seed => seed[0] !== 0);
const messages = fc.uint8Array({maxLength: 200});
const schemes = fc.constantFrom(...SIGNATURE_SCHEMES);

/** Ways to spoil one of signature, key or message; most keep the lengths, some do not. */
const spoils = fc.oneof(
  fc.record({part: fc.nat(2), kind: fc.constant("flip" as const), at: fc.nat(1_000)}),
  fc.record({
    part: fc.nat(2),
    kind: fc.constantFrom("cut", "grow", "zero", "ones"),
    at: fc.nat(70),
  }),
);

function spoil(bytes: Uint8Array, kind: string, at: number): Uint8Array {
  switch (kind) {
    case "flip": {
      const out = bytes.slice();
      const bit = at % Math.max(1, bytes.length * 8);
      if (out.length > 0) out[bit >> 3]! ^= 1 << (bit & 7);
      return out;
    }
    case "cut":
      return bytes.slice(0, Math.min(at, bytes.length));
    case "grow":
      return concatBytes(bytes, new Uint8Array(1 + at));
    default:
      return new Uint8Array(bytes.length).fill(kind === "zero" ? 0 : 255);
  }
}

/** What Substrate's own code says, from its WebAssembly build; it traps on wrong lengths, which never hold. */
function oracle(
  scheme: SignatureScheme,
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
  {hashing}: CryptoSuite,
): boolean {
  if (signature.length !== SIGNATURE_LENGTH[scheme]) return false;
  if (publicKey.length !== PUBLIC_KEY_LENGTH[scheme]) return false;
  if (scheme === "sr25519") return sr25519Verify(signature, message, publicKey);
  if (scheme === "ed25519") return ed25519Verify(signature, message, publicKey);
  try {
    const hash = hashing.blake2b256(message);
    const v = signature[64]!;
    const recovery = v > 26 ? v - 27 : v;
    return equalBytes(secp256k1Recover(hash, signature.subarray(0, 64), recovery), publicKey);
  } catch {
    return false;
  }
}

for (const [name, create, numRuns] of implementations) {
  test(`${name}: what a pair signs, its key verifies, and others agree`, async () => {
    const suite = await create();
    fc.assert(
      fc.property(schemes, seeds, messages, (scheme, seed, message) => {
        const pair = unwrap(suite.keyPairs.fromSeed(scheme, seed));
        const signature = pair.sign(message);
        assert.equal(signature.length, SIGNATURE_LENGTH[scheme]);
        assert.equal(pair.publicKey.length, PUBLIC_KEY_LENGTH[scheme]);
        assert.ok(suite.signatures.verify(scheme, signature, message, pair.publicKey));
        assert.ok(oracle(scheme, signature, message, pair.publicKey, suite));
      }),
      {numRuns: Math.min(numRuns, 60)},
    );
  });

  test(`${name}: what others sign verifies`, async () => {
    const {signatures} = await create();
    fc.assert(
      fc.property(seeds, messages, (seed, message) => {
        const sr25519 = sr25519KeypairFromSeed(seed);
        const [secret, key] = [sr25519.slice(0, 64), sr25519.slice(64)];
        assert.ok(signatures.verify("sr25519", sr25519Sign(key, secret, message), message, key));
        const ed25519 = ed25519KeypairFromSeed(seed).slice(32);
        const signature = ed25519Sign(ed25519, seed, message);
        assert.ok(signatures.verify("ed25519", signature, message, ed25519));
      }),
      {numRuns: 20},
    );
  });

  test(`${name}: spoiled input gets the answer that Substrate's code gives`, async () => {
    const suite = await create();
    fc.assert(
      fc.property(schemes, seeds, messages, spoils, (scheme, seed, message, {part, kind, at}) => {
        const pair = unwrap(suite.keyPairs.fromSeed(scheme, seed));
        const parts = [pair.sign(message), message, pair.publicKey] as const;
        const [signature, text, key] = parts.map((bytes, index) =>
          index === part ? spoil(bytes, kind, at) : bytes,
        ) as [Uint8Array, Uint8Array, Uint8Array];
        assert.equal(
          suite.signatures.verify(scheme, signature, text, key),
          oracle(scheme, signature, text, key, suite),
          `${scheme} ${kind} ${at} of part ${part}`,
        );
      }),
      {numRuns},
    );
  });

  test(`${name}: garbage of the right lengths never throws and never holds`, async () => {
    const suite = await create();
    const garbage = schemes.chain(scheme =>
      fc.tuple(
        fc.constant(scheme),
        fc.uint8Array({minLength: SIGNATURE_LENGTH[scheme], maxLength: SIGNATURE_LENGTH[scheme]}),
        fc.uint8Array({minLength: PUBLIC_KEY_LENGTH[scheme], maxLength: PUBLIC_KEY_LENGTH[scheme]}),
      ),
    );
    fc.assert(
      fc.property(garbage, messages, ([scheme, signature, key], message) => {
        const answer = suite.signatures.verify(scheme, signature, message, key);
        assert.equal(answer, oracle(scheme, signature, message, key, suite));
      }),
      {numRuns},
    );
  });

  test(`${name}: many at once are answered as one by one`, async () => {
    const suite = await create();
    const {keyPairs, signatures} = suite;
    const pairs = ["//Alice", "//Bob"].flatMap(uri =>
      SIGNATURE_SCHEMES.map(scheme => unwrap(keyPairs.fromUri(scheme, uri))),
    );
    const requests = fc.record({
      pair: fc.constantFrom(...pairs),
      message: messages,
      spoil: fc.option(spoils, {freq: 1}),
    });
    fc.assert(
      fc.property(fc.array(requests, {maxLength: 20}), list => {
        const all = list.map(({pair, message, spoil: how}) => {
          const parts = [pair.sign(message), message, pair.publicKey] as const;
          const [signature, text, signer] = parts.map((bytes, i) =>
            how?.part === i ? spoil(bytes, how.kind, how.at) : bytes,
          ) as [Uint8Array, Uint8Array, Uint8Array];
          return {scheme: pair.scheme, signature, message: text, signer};
        });
        const oneByOne = all.map(({scheme, signature, message, signer}) =>
          signatures.verify(scheme, signature, message, signer),
        );
        for (const scheme of SIGNATURE_SCHEMES) {
          assert.deepEqual(
            signatures.verifyEach(
              scheme,
              all.filter(each => each.scheme === scheme),
            ),
            oneByOne.filter((_, i) => all[i]!.scheme === scheme),
          );
        }
        assert.deepEqual(verifyMultiSignatures(suite, all), oneByOne);
      }),
      {numRuns: numRuns / 10},
    );
  });

  test(`${name}: sr25519 wants the mark, and an s below the group's order`, async () => {
    const {keyPairs, signatures} = await create();
    const pair = unwrap(keyPairs.fromUri("sr25519", "//Alice"));
    const message = Uint8Array.of(1, 2, 3);
    const good = pair.sign(message);
    const verify = (signature: Uint8Array) =>
      signatures.verify("sr25519", signature, message, pair.publicKey);
    const unmarked = good.slice();
    unmarked[63]! &= 0x7f;
    const plusOrder = concatBytes(good.subarray(0, 32), addSr25519Order(good.subarray(32)));
    assert.deepEqual([good, unmarked, plusOrder].map(verify), [true, false, false]);
  });

  test(`${name}: anybody signs for the all-zero sr25519 key, as in schnorrkel`, async () => {
    const suite = await create();
    const [nobody, message] = [new Uint8Array(32), Uint8Array.of(9)];
    const zero = new Uint8Array(64);
    zero[63] = 0x80;
    // R = 1 * G, s = 1.
    const one = concatBytes(
      hex("0xe2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"),
      Uint8Array.of(1),
      new Uint8Array(30),
      Uint8Array.of(0x80),
    );
    for (const signature of [zero, one]) {
      assert.ok(oracle("sr25519", signature, message, nobody, suite));
      assert.ok(suite.signatures.verify("sr25519", signature, message, nobody));
    }
  });

  test(`${name}: ed25519 follows ZIP-215 where OpenSSL would refuse`, async () => {
    const {signatures} = await create();
    // A key and a commitment of small order with s = 0 satisfy the cofactored equation for every message.
    const smallOrder = [
      "0x0100000000000000000000000000000000000000000000000000000000000000",
      "0xecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0xc7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      // Not canonical: y = 1 + p, and y = 1 with a sign bit that x = 0 has no use for.
      "0xeeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0x0100000000000000000000000000000000000000000000000000000000000080",
    ].map(hex);
    for (const key of smallOrder) {
      for (const commitment of smallOrder) {
        const signature = concatBytes(commitment, new Uint8Array(32));
        const answer = signatures.verify("ed25519", signature, Uint8Array.of(1), key);
        assert.ok(answer, `${bytesToHex(key)} ${bytesToHex(commitment)}`);
      }
    }
  });

  test(`${name}: ecdsa recovers the signer, with a high s and Ethereum's v too`, async () => {
    const {keyPairs, signatures, hashing} = await create();
    const pair = unwrap(keyPairs.fromUri("ecdsa", "//Alice"));
    const message = Uint8Array.of(4, 5);
    const good = pair.sign(message);
    const recover = (signature: Uint8Array) => {
      const key = signatures.ecdsaRecover(signature, message);
      const byHash = signatures.ecdsaRecoverHashed(signature, hashing.blake2b256(message));
      assert.deepEqual(byHash, key);
      return key && bytesToHex(key);
    };
    const expected = bytesToHex(pair.publicKey);
    const withV = (v: number) => concatBytes(good.subarray(0, 64), Uint8Array.of(v));
    assert.equal(recover(good), expected);
    assert.equal(recover(withV(good[64]! + 27)), expected);
    assert.equal(recover(withV(4)), undefined);
    assert.equal(recover(withV(26)), undefined);
    assert.equal(recover(withV(31)), undefined);
    assert.equal(recover(good.subarray(0, 64)), undefined);
    const high = concatBytes(
      good.subarray(0, 32),
      negatedSecp256k1(good.subarray(32, 64)),
      Uint8Array.of(good[64]! ^ 1),
    );
    assert.equal(recover(high), expected);
    const zeroS = concatBytes(good.subarray(0, 32), new Uint8Array(33));
    assert.equal(recover(zeroS), undefined);
  });
}

test("all implementations make the same keys from the same secret", async () => {
  const suites = await Promise.all(implementations.map(([, create]) => create()));
  const [portable, native] = suites;
  fc.assert(
    fc.property(schemes, seeds, (scheme, seed) => {
      const keys = suites.map(({keyPairs}) => unwrap(keyPairs.fromSeed(scheme, seed)).publicKey);
      for (const key of keys) assert.deepEqual(key, keys[0]);
    }),
    {numRuns: 30},
  );
  for (const uri of ["//Alice/soft//1", "//Alice//stash"]) {
    assert.deepEqual(
      unwrap(native!.keyPairs.fromUri("sr25519", uri)).publicKey,
      unwrap(portable!.keyPairs.fromUri("sr25519", uri)).publicKey,
    );
  }
});

test("addon and WebAssembly sign alike, and recover alike what nobody may have signed", () => {
  const [native, wasm] = [nativeSecp256k1()!, wasmSecp256k1()];
  const hashes = fc.uint8Array({minLength: 32, maxLength: 32});
  const anything = fc.uint8Array({minLength: 64, maxLength: 64});
  fc.assert(
    fc.property(seeds, hashes, anything, fc.nat(3), (seed, hash, garbage, recoveryId) => {
      const signed = native.sign(hash, seed);
      assert.deepEqual(wasm.sign(hash, seed), signed);
      for (const signature of [signed.signature, garbage]) {
        assert.deepEqual(
          wasm.recover(signature, recoveryId, hash),
          native.recover(signature, recoveryId, hash),
        );
      }
    }),
    {numRuns: 200},
  );
});

test("two thousand signatures that nobody can have made do not wear the WebAssembly out", () => {
  const [native, wasm] = [nativeSecp256k1()!, wasmSecp256k1()];
  const hash = new Uint8Array(32).fill(7);
  const {signature, recoveryId} = native.sign(hash, new Uint8Array(32).fill(1));
  const overflowing = new Uint8Array(64).fill(255);
  for (let i = 0; i < 2_000; i++) assert.equal(wasm.recover(overflowing, 0, hash), undefined);
  assert.deepEqual(
    wasm.recover(signature, recoveryId, hash),
    native.recover(signature, recoveryId, hash),
  );
});

test("a key pair shows nothing of its secret", async () => {
  for (const [, create] of implementations) {
    const {keyPairs} = await create();
    for (const scheme of SIGNATURE_SCHEMES) {
      const pair = unwrap(keyPairs.fromSeed(scheme, new Uint8Array(32).fill(0xab)));
      assert.deepEqual(Object.keys(pair).sort(), ["publicKey", "scheme", "sign"]);
    }
  }
});

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function toBytes(value: bigint): Uint8Array {
  return Uint8Array.from({length: 32}, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

/** The marked scalar plus the order of the group: the same signature to whoever does not check. */
function addSr25519Order(marked: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const out = toBytes((littleEndian(marked) & (2n ** 255n - 1n)) + order);
  out[31]! |= 0x80;
  return out;
}

function negatedSecp256k1(s: Uint8Array): Uint8Array {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  return toBytes(order - littleEndian(s.slice().reverse())).reverse();
}
