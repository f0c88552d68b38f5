import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {silentLogger, unwrap} from "#base";
import {accountOf, type CryptoSuite, SIGNATURE_SCHEMES, type SignatureScheme} from "#crypto";
import {createNativeCrypto} from "./native-crypto.ts";
import {type SignatureRequest, unpackRequests} from "./signature-batch.ts";
import {SignaturePool} from "./signature-pool.ts";
import {SignatureWorkerThread} from "./signature-worker-thread.ts";

let crypto: CryptoSuite;
let pool: SignaturePool;

before(async () => {
  crypto = await createNativeCrypto();
  pool = new SignaturePool({workers: 2}, {logger: silentLogger});
  await pool.start();
});
after(() => pool.stop());

function signed(scheme: SignatureScheme, text: number): SignatureRequest {
  const pair = unwrap(crypto.keyPairs.fromUri(scheme, "//Alice"));
  const message = new Uint8Array(text % 200).fill(text);
  return {scheme, signature: pair.sign(message), message, signer: pair.publicKey};
}

test("every request of a mixed batch gets its own answer", async () => {
  const requests = Array.from({length: 1_000}, (_, i) => {
    const request = signed(SIGNATURE_SCHEMES[i % 3]!, i);
    return i % 7 === 0 ? {...request, message: Uint8Array.of(i, 1, 2)} : request;
  });
  const answers = unwrap(await pool.verifyBatch(requests));
  assert.deepEqual(
    answers,
    requests.map((_, i) => i % 7 !== 0),
  );
});

test("an ecdsa signer may be named by its account", async () => {
  const request = signed("ecdsa", 5);
  const account = accountOf("ecdsa", request.signer, crypto.hashing);
  assert.equal(unwrap(await pool.verify({...request, signer: account})), true);
  assert.equal(unwrap(await pool.verify({...request, signer: new Uint8Array(32)})), false);
});

test("wrong lengths do not hold, and reach no worker", async () => {
  const request = signed("sr25519", 5);
  for (const length of [0, 31, 33, 1_000]) {
    assert.equal(unwrap(await pool.verify({...request, signer: new Uint8Array(length)})), false);
    assert.equal(unwrap(await pool.verify({...request, signature: new Uint8Array(length)})), false);
  }
});

test("a full queue refuses the whole batch and says its limit", async () => {
  const small = new SignaturePool({workers: 1, queueLimit: 4}, {logger: silentLogger});
  const starting = small.start();
  const request = signed("sr25519", 1);
  const first = small.verifyBatch(Array.from({length: 3}, () => request));
  const refused = await small.verifyBatch([request, request]);
  assert.deepEqual(refused, {ok: false, error: {code: "signature-queue-full", limit: 4}});
  await starting;
  assert.deepEqual(unwrap(await first), [true, true, true]);
  await small.stop();
});

test("many go over before the turn ends, as one batch each, and the rest in equal shares", async t => {
  const request = signed("sr25519", 1);
  const sizes: number[] = [];
  const ask = SignatureWorkerThread.prototype.ask;
  t.mock.method(
    SignatureWorkerThread.prototype,
    "ask",
    function (this: SignatureWorkerThread, packed: Uint8Array<ArrayBuffer>) {
      sizes.push(unpackRequests(packed).length);
      return ask.call(this, packed);
    },
  );
  const answers = pool.verifyBatch(Array.from({length: 300}, () => request));
  assert.deepEqual(sizes, [128, 128]);
  assert.ok(unwrap(await answers).every(holds => holds));
  assert.deepEqual(sizes, [128, 128, 32, 12]);
  const few = pool.verifyBatch(Array.from({length: 100}, () => request));
  assert.equal(sizes.length, 4);
  assert.ok(unwrap(await few).every(holds => holds));
  assert.deepEqual(sizes.slice(4), [50, 50]);
  const last = Array.from({length: 80}, () => request);
  const answered = pool.verifyBatch(last, {isLast: true});
  assert.deepEqual(sizes.slice(6), [40, 40], "before the turn ends");
  assert.ok(unwrap(await answered).every(holds => holds));
});

test("requests in the hands of a thread that dies are asked again of the next", async t => {
  const warnings: string[] = [];
  const logger = {
    log: (_level: string, _target: string, message: string) => warnings.push(message),
  };
  const fragile = new SignaturePool({workers: 1}, {logger});
  await fragile.start();
  const ask = SignatureWorkerThread.prototype.ask;
  const deaths = t.mock.method(
    SignatureWorkerThread.prototype,
    "ask",
    function (this: SignatureWorkerThread, packed: Uint8Array<ArrayBuffer>) {
      if (deaths.mock.callCount() > 0) return ask.call(this, packed);
      void this.terminate();
    },
  );
  assert.equal(unwrap(await fragile.verify(signed("sr25519", 1))), true);
  assert.deepEqual(warnings, ["a verification thread ended"]);
  await fragile.stop();
});

test("a request under which two threads die is given back as lost", async t => {
  const fragile = new SignaturePool({workers: 1}, {logger: silentLogger});
  await fragile.start();
  t.mock.method(SignatureWorkerThread.prototype, "ask", function (this: SignatureWorkerThread) {
    void this.terminate();
  });
  assert.deepEqual(await fragile.verify(signed("sr25519", 1)), {
    ok: false,
    error: {code: "signature-worker-lost"},
  });
  await fragile.stop();
});

test("a stopped pool says so to those who wait and to those who come", async () => {
  const stopped = {ok: false, error: {code: "signature-pool-stopped"}};
  const short = new SignaturePool({workers: 1}, {logger: silentLogger});
  const starting = short.start();
  const waiting = short.verify(signed("sr25519", 1));
  await short.stop();
  await starting;
  assert.deepEqual(await waiting, stopped);
  assert.deepEqual(await short.verify(signed("sr25519", 1)), stopped);
});
