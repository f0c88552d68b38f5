import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {test} from "node:test";
import {ristretto255} from "@noble/curves/ed25519.js";
import {concatBytes, hex, utf8Bytes} from "#base";
import {createPortableSignatureVerifier, type SignedMessage} from "#crypto";
import {createSchnorrkelVerifier} from "../test-kit/schnorrkel-verifier.ts";
import {Curve} from "./curve.ts";
import {GROUP_ORDER, littleEndian} from "./group-order.ts";
import {FIELD_PRIME} from "./kernels/pair-bytes.ts";
import {SigningTranscript} from "./signing-transcript.ts";
import {FORMS, kernelsOf} from "./test-kit/forms.ts";
import {signedRequests} from "./test-kit/signed.ts";
import {MOST_TOGETHER, Sr25519Verifier} from "./verifier.ts";

const schnorrkel = createSchnorrkelVerifier();
const portable = createPortableSignatureVerifier();
const good = signedRequests(MOST_TOGETHER + 20);
const [first, second] = [good[0]!, good[1]!];

const bytesOf = (value: bigint): Uint8Array =>
  Uint8Array.from({length: 32}, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
const marked = (s: bigint): Uint8Array => bytesOf(s | (1n << 255n));
const signatureOf = (commitment: Uint8Array, s: bigint) => concatBytes(commitment, marked(s));
const sOf = ({signature}: SignedMessage) => BigInt.asUintN(255, littleEndian(signature.slice(32)));
const commitmentOf = ({signature}: SignedMessage) => signature.slice(0, 32);
const withTopBit = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 31 ? byte | 0x80 : byte));
const negated = (bytes: Uint8Array) => bytesOf(FIELD_PRIME - littleEndian(bytes));

const zero = new Uint8Array(32);
const base = hex("0xe2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76");
/** Even and below 2^255, and no point. */
const noPoint = new Uint8Array(32).fill(8);
const prime = bytesOf(FIELD_PRIME);

const change = (part: Partial<SignedMessage>): SignedMessage => ({...first, ...part});
const EDGES: Readonly<Record<string, SignedMessage>> = {
  "anybody's signature for the neutral key, R and s zero": change({
    signer: zero,
    signature: signatureOf(zero, 0n),
  }),
  "anybody's signature for the neutral key, R the base point": change({
    signer: zero,
    signature: signatureOf(base, 1n),
  }),
  "a wrong one for the neutral key": change({signer: zero, signature: signatureOf(base, 2n)}),
  "R and s zero": change({signature: signatureOf(zero, 0n)}),
  "R zero": change({signature: signatureOf(zero, sOf(first))}),
  "s zero": change({signature: signatureOf(commitmentOf(first), 0n)}),
  "s + l": change({signature: signatureOf(commitmentOf(first), sOf(first) + GROUP_ORDER)}),
  "s = l": change({signature: signatureOf(zero, GROUP_ORDER), signer: zero}),
  "s = l - 1": change({signature: signatureOf(commitmentOf(first), GROUP_ORDER - 1n)}),
  "s negated": change({signature: signatureOf(commitmentOf(first), GROUP_ORDER - sOf(first))}),
  "no mark": change({signature: concatBytes(commitmentOf(first), bytesOf(sOf(first)))}),
  "R zero, written as the prime": change({signature: signatureOf(prime, 0n), signer: zero}),
  "the neutral key, written as the prime": change({
    signer: prime,
    signature: signatureOf(zero, 0n),
  }),
  "R with its top bit": change({
    signature: signatureOf(withTopBit(commitmentOf(first)), sOf(first)),
  }),
  "the key with its top bit": change({signer: withTopBit(first.signer)}),
  "an odd key: the negated string": change({signer: negated(first.signer)}),
  "R negated": change({signature: signatureOf(negated(commitmentOf(first)), sOf(first))}),
  "R no point": change({signature: signatureOf(noPoint, sOf(first))}),
  "the key no point": change({signer: noPoint}),
  "another's key": change({signer: second.signer}),
  "another's R": change({signature: signatureOf(commitmentOf(second), sOf(first))}),
  "another's message": change({message: Uint8Array.of(1)}),
};
/** The only ones of them that hold. */
const HOLDING = Object.keys(EDGES).filter(name => name.startsWith("anybody's"));

/** Sizes that go by single equations, by Straus's and by Pippenger's sums. */
const SIZES = [2, 20, 130];

for (const form of FORMS) {
  const verifier = new Sr25519Verifier(kernelsOf(form), randomBytes);

  test(`${form}: at the edges of what is well-formed, one alone is answered as by schnorrkel and by plain JavaScript`, () => {
    for (const [name, request] of Object.entries(EDGES)) {
      const {signature, message, signer} = request;
      const expected = HOLDING.includes(name);
      assert.equal(schnorrkel(signature, message, signer), expected, `schnorrkel: ${name}`);
      const inJavaScript = portable.verify("sr25519", signature, message, signer);
      assert.equal(inJavaScript, expected, `in JavaScript: ${name}`);
      assert.equal(verifier.verify(request), expected, name);
    }
    assert.equal(HOLDING.length, 2);
  });

  test(`${form}: among good ones, each edge is answered as alone, and so are the others`, () => {
    for (const size of SIZES) {
      for (const [name, request] of Object.entries(EDGES)) {
        const place = name.length % size;
        const batch = good.slice(0, size).map((each, i) => (i === place ? request : each));
        const expected = batch.map((_, i) => i !== place || HOLDING.includes(name));
        assert.deepEqual(verifier.verifyEach(batch), expected, `${name}, one of ${size}`);
      }
    }
  });

  test(`${form}: all edges together, and nothing at all`, () => {
    const names = Object.keys(EDGES);
    assert.deepEqual(
      verifier.verifyEach(names.map(name => EDGES[name]!)),
      names.map(name => HOLDING.includes(name)),
    );
    assert.deepEqual(verifier.verifyEach([]), []);
  });

  test(`${form}: good ones hold in every number, and a bad one is found wherever it is`, () => {
    for (const size of [1, 2, 3, 48, 49, 64, 256, MOST_TOGETHER, good.length]) {
      const batch = good.slice(0, size);
      assert.ok(
        verifier.verifyEach(batch).every(holds => holds),
        `${size}`,
      );
      for (const place of new Set([0, size >> 1, size - 1])) {
        const spoiled = [...batch];
        spoiled[place] = {...batch[place]!, message: Uint8Array.of(3, 1, 4)};
        const expected = batch.map((_, i) => i !== place);
        assert.deepEqual(verifier.verifyEach(spoiled), expected, `${place} of ${size}`);
      }
    }
  });

  test(`${form}: wrong lengths do not hold, alone and among good ones`, () => {
    for (const length of [0, 31, 33, 63, 65, 1_000]) {
      const key = {...first, signer: new Uint8Array(length)};
      const signature = {...first, signature: new Uint8Array(length).fill(0xff)};
      assert.ok(!verifier.verify(key) && !verifier.verify(signature));
      const answers = verifier.verifyEach([second, key, signature, second]);
      assert.deepEqual(answers, [true, false, false, true]);
    }
  });

  test(`${form}: upstream's signatures hold or not as upstream says`, () => {
    // polkadot-js/wasm, test/all/sr25519.js: a known signature.
    const alice = {
      signer: hex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"),
      message: utf8Bytes(
        "I hereby verify that I control 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
      ),
      signature: hex(
        "0xb83881d3bd7302981ee1c504fe5b7b394682927131fc0846fd616bb40fa14d02640fd2aca785b4cb57904765c2e4e75f59a7dd30154c209964369912091f6981",
      ),
    };
    // sp-core, sr25519.rs: signatures from before marks and contexts, which hold no longer.
    const old = [
      {
        signer: hex("0xb4bfa1f7a5166695eb75299fd1c4c03ea212871c342f2c5dfea0902b2c246918"),
        message: utf8Bytes(
          "Verifying that I am the owner of 5G9hQLdsKQswNPgB499DeA5PkFBbgkLPJWkkS6FAM6xGQ8xD. Hash: 221455a3\n",
        ),
        signature: hex(
          "0x5a9755f069939f45d96aaf125cf5ce7ba1db998686f87f2fb3cbdea922078741a73891ba265f70c31436e18a9acd14d189d73c12317ab6c313285cd938453202",
        ),
      },
    ];
    // A mark alone does not make them good.
    const remarked = old.map(each => ({...each, signature: withTopBitOfS(each.signature)}));
    assert.deepEqual(
      [alice, ...old, ...remarked].map(each => verifier.verify(each)),
      [true, false, false],
    );
    assert.deepEqual(verifier.verifyEach([alice, ...old, ...remarked]), [true, false, false]);
  });

  test(`${form}: coefficients are drawn once for a batch, for its well-formed ones only, after it was looked at`, () => {
    const lengths: number[] = [];
    const counting = new Sr25519Verifier(kernelsOf(form), length => {
      lengths.push(length);
      return randomBytes(length);
    });
    counting.verifyEach([...good.slice(0, 30), EDGES["no mark"]!, EDGES["R no point"]!]);
    assert.deepEqual(lengths, [16 * 30]);
    counting.verifyEach([first]);
    counting.verifyEach([EDGES["no mark"]!, first]);
    assert.deepEqual(lengths, [16 * 30]);
  });

  test(`${form}: two whose errors cancel each other pass with equal coefficients, and with random ones do not`, () => {
    const shifted = [first, second].map((request, i) => {
      const s = (sOf(request) + (i === 0 ? 1n : GROUP_ORDER - 1n)) % GROUP_ORDER;
      return {...request, signature: signatureOf(commitmentOf(request), s)};
    });
    for (const size of [2, 20, 130]) {
      const batch = [...shifted, ...good.slice(2, size)];
      const naive = new Sr25519Verifier(kernelsOf(form), length => new Uint8Array(length).fill(1));
      assert.ok(naive.verifyEach(batch).every(holds => holds));
      assert.deepEqual(
        verifier.verifyEach(batch),
        batch.map((_, i) => i > 1),
      );
    }
  });

  test(`${form}: keys that sign several times, in one batch and again, hold and fail by themselves`, () => {
    const again = new Sr25519Verifier(kernelsOf(form), randomBytes);
    for (const size of SIZES) {
      const batch = signedRequests(size, 3);
      const bad = {...batch[1]!, message: Uint8Array.of(9)};
      for (const place of [undefined, 0, size - 1]) {
        const asked = batch.map((each, i) => (i === place ? bad : each));
        const expected = batch.map((_, i) => i !== place);
        assert.deepEqual(again.verifyEach(asked), expected, `${place} of ${size}`);
      }
    }
    const rest = Object.keys(EDGES);
    for (let round = 0; round < 2; round++) {
      const asked = [...good.slice(0, 60), ...rest.map(name => EDGES[name]!), ...good.slice(0, 60)];
      const held = good.slice(0, 60).map(() => true);
      const edges = rest.map(name => HOLDING.includes(name));
      assert.deepEqual(again.verifyEach(asked), [...held, ...edges, ...held], `round ${round}`);
    }
  });

  test(`${form}: the good ones of a batch are never asked alone, whatever keys are theirs and what is no point beside them`, () => {
    const together = new Sr25519Verifier(kernelsOf(form), randomBytes);
    together.verify = () => assert.fail("one by one");
    for (const size of SIZES) {
      const threeKeys = signedRequests(size, 3);
      const spoiled = [EDGES["the key no point"]!, ...threeKeys, EDGES["R no point"]!];
      const batch = [...spoiled, ...good.slice(10, 20), EDGES["the key no point"]!, good[30]!];
      const expected = batch.map(({signer}, i) => signer !== noPoint && i !== size + 1);
      assert.deepEqual(together.verifyEach(batch), expected, `${size}`);
    }
  });

  test(`${form}: nobody's secret signs for another's key, whatever of that key was no signature before`, () => {
    const transcript = new SigningTranscript(new Curve(kernelsOf(form)));
    const secret = 777n;
    const commitment = ristretto255.Point.BASE.multiply(5n).toBytes();
    const own = ristretto255.Point.BASE.multiply(secret).toBytes();
    const message = new Uint8Array(10);
    const signAs = (signer: Uint8Array): SignedMessage => {
      const k = littleEndian(transcript.challenge(message, signer, commitment));
      return {message, signer, signature: signatureOf(commitment, (k * secret + 5n) % GROUP_ORDER)};
    };
    const victim = good[3]!.signer;
    const noSignature = {message, signer: victim, signature: signatureOf(noPoint, 1n)};
    const asked = [noSignature, signAs(own), signAs(victim), {...first, signer: noPoint}];
    for (const others of [[], good.slice(10, 30), good.slice(10, 130)]) {
      const batch = [...asked, ...others];
      const expected = batch.map(each => schnorrkel(each.signature, each.message, each.signer));
      assert.deepEqual(expected.slice(0, 4), [false, true, false, false]);
      // As a stranger's, and as that of somebody who is known.
      const fresh = new Sr25519Verifier(kernelsOf(form), randomBytes);
      for (let round = 0; round < 2; round++) assert.deepEqual(fresh.verifyEach(batch), expected);
    }
  });

  test(`${form}: keys whose first signatures are none are asked together all the same, in every order`, () => {
    const together = new Sr25519Verifier(kernelsOf(form), randomBytes);
    together.verify = () => assert.fail("one by one");
    const none = good.slice(0, 4).map(each => ({...each, signature: signatureOf(noPoint, 1n)}));
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
    ]) {
      const batch = [...none, ...order.map(i => good[i]!), ...order.map(i => good[i]!)];
      const expected = batch.map((_, i) => i >= none.length);
      assert.deepEqual(together.verifyEach(batch), expected, `${order}`);
    }
  });

  test(`${form}: two of one key whose errors cancel each other do not pass`, () => {
    for (const size of SIZES) {
      const batch = signedRequests(size, 1).map((request, i) => {
        const shift = i === 0 ? 1n : i === 1 ? GROUP_ORDER - 1n : 0n;
        const s = (sOf(request) + shift) % GROUP_ORDER;
        return {...request, signature: signatureOf(commitmentOf(request), s)};
      });
      assert.deepEqual(
        verifier.verifyEach(batch),
        batch.map((_, i) => i > 1),
      );
    }
  });

  test(`${form}: memory stays what it was, whatever the lengths of messages`, () => {
    const kernels = kernelsOf(form);
    const own = new Sr25519Verifier(kernels, randomBytes);
    const before = kernels.memory.buffer.byteLength;
    own.verifyEach([...good, {...first, message: new Uint8Array(5_000_000)}]);
    assert.equal(kernels.memory.buffer.byteLength, before);
    assert.ok(before <= 2 ** 20, `${before} bytes`);
  });
}

function withTopBitOfS(signature: Uint8Array): Uint8Array {
  return signature.map((byte, i) => (i === 63 ? byte | 0x80 : byte));
}
