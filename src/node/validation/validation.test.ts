import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, type Hex, silentLogger} from "#base";
import {encode} from "#codec";
import {type Runtimes, RuntimesByCode, SignatureChecks} from "#core";
import {createNativeCrypto} from "#crypto-native";
import {
  type TransactionValidity,
  type TransactionValidityAnswer,
  transactionValidity,
} from "#primitives";
import {createKhalaEngine} from "#runtime";
import type {RuntimeEngine} from "#runtime-api";
import {createValidator} from "../../core/pool/validate.ts";
import {inlineSignatures} from "../../core/signatures/inline-signatures.ts";
import {
  type CoreForTests,
  coreForTests,
  foreignCoreForTests,
} from "../../core/test-kit/core-for-tests.ts";
import {signedCall, signedRemark} from "../../core/test-kit/signed-call.ts";
import {createForeignEngine} from "../../runtime/test-kit/foreign/index.ts";
import {yieldThread} from "../yield-thread.ts";
import type {FromThread, ToThread} from "./messages.ts";
import {threadInPlace} from "./test-kit/thread-in-place.ts";
import {ValidationThreads} from "./validation-threads.ts";

const crypto = await createNativeCrypto();
const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const TO = {type: "Id", value: new Uint8Array(32).fill(7)};

/** All kinds of them, on a chain where Alice has sent one. */
function transactionsOf({core}: CoreForTests) {
  const remark = (name: string, nonce = 0) => signedRemark(core, crypto, {uri: `//${name}`, nonce});
  const bob = remark("Bob");
  const changed = (at: number, by: number) => bob.map((byte, i) => (i === at ? byte ^ by : byte));
  const transfer = {call: "Balances.transfer_keep_alive", args: {dest: TO, value: 10n ** 13n}};
  const good = [
    bob,
    remark("Alice", 1),
    remark("Alice", 2),
    remark("Charlie"),
    signedCall(core, crypto, {uri: "//Dave"}, transfer),
  ];
  const bad = [
    remark("Alice", 0),
    remark("nobody knows this one"),
    // Another signature, another call.
    changed(60, 1),
    changed(bob.length - 1, 1),
    // None.
    Uint8Array.of(16, 4, 0, 0, 0),
  ];
  // Another length than is said, one that ends too soon, nothing at all.
  const broken = [changed(0, 4), bob.slice(0, 100), bob.slice(0, 0)];
  return {good, bad, broken};
}

const encoded = (validity: TransactionValidityAnswer): Hex =>
  bytesToHex(encode(transactionValidity, validity as TransactionValidity));

interface Compared {
  readonly chain: CoreForTests;
  readonly engine: RuntimeEngine;
}

async function threadsOver({engine}: Compared) {
  const messages: (ToThread | FromThread)[] = [];
  let checked = 0;
  const inline = inlineSignatures(crypto);
  const checks = new SignatureChecks(crypto, {
    verifyBatch(requests) {
      checked += requests.length;
      return inline.verifyBatch(requests);
    },
  });
  const runtimes: Runtimes = new RuntimesByCode([engine], crypto.hashing);
  const threads = new ValidationThreads({
    threads: 1,
    openThread: events =>
      threadInPlace(crypto, runtimes, events, message => void messages.push(message)),
    remember: signature => checks.remember(signature),
    mayAsk: () => true,
    logger: silentLogger,
  });
  return {messages, threads, checks, checked: () => checked};
}

/** Starts the threads of which the first is asked. */
async function started(threads: ValidationThreads, {core}: CoreForTests): Promise<void> {
  const asked = {source: "External", tx: new Uint8Array(0), at: core.chain.head} as const;
  assert.equal(threads.ask(asked), undefined, "there is no thread yet");
  await yieldThread();
  await yieldThread();
}

async function assertSaysTheSame(compared: Compared): Promise<void> {
  const {chain} = compared.chain.core;
  const {good, bad, broken} = transactionsOf(compared.chain);
  const {threads, checks, checked} = await threadsOver(compared);
  await started(threads, compared.chain);
  const validator = (signatures: SignatureChecks) =>
    createValidator(chain, signatures, {onFatal: error => assert.fail(String(error)), yieldThread});
  const here = validator(new SignatureChecks(crypto, inlineSignatures(crypto)));
  const ask = (tx: Uint8Array) => threads.ask({source: "External", tx, at: chain.head});
  const onThread = await Promise.all([...good, ...bad].map(ask));
  const fromHere = await Promise.all([...good, ...bad].map(tx => here("External", tx)));
  assert.deepEqual(
    onThread.map(told => told?.ok && encoded(told.value)),
    fromHere.map(told => told.ok && encoded(told.value.validity)),
  );
  assert.deepEqual(
    onThread.map(told => told?.ok && told.value.ok),
    [...good.map(() => true), ...bad.map(() => false)],
  );
  // What the runtime traps over is for those to tell who can say more of it.
  assert.deepEqual(
    await Promise.all(broken.map(ask)),
    broken.map(() => undefined),
  );
  const knowing = validator(checks);
  for (const tx of good) await knowing("External", tx);
  assert.equal(checked(), 0, "a signature that a thread found good is checked no more");
  for (const tx of bad) await knowing("External", tx);
  assert.ok(checked() > 0, "one that it found bad is not taken for good");
  await threads.stop();
}

async function withABlock(chain: CoreForTests): Promise<CoreForTests> {
  await chain.core.pool.submit("External", signedRemark(chain.core, crypto, {uri: "//Alice"}));
  await chain.make(1);
  return chain;
}

test("a thread says of a transaction what the runtime says here, whatever is wrong with it", async () => {
  const chain = await withABlock(await coreForTests(NAMES));
  await assertSaysTheSame({chain, engine: createKhalaEngine(crypto)});
});

test("so it does of a runtime that may do what it likes with a bad signature", async () => {
  const chain = await withABlock(await foreignCoreForTests(NAMES));
  await assertSaysTheSame({chain, engine: createForeignEngine(crypto)});
});

test("of each state a thread is told what it asks for, once, and foresees whose account a transaction needs", async () => {
  const chain = await withABlock(await coreForTests(NAMES));
  const compared = {chain, engine: createKhalaEngine(crypto)};
  const {threads, messages} = await threadsOver(compared);
  await started(threads, chain);
  const {good} = transactionsOf(chain);
  const kinds = async (transactions: readonly Uint8Array[]) => {
    messages.length = 0;
    const {head: at} = chain.core.chain;
    await Promise.all(transactions.map(tx => threads.ask({source: "External", tx, at})));
    return messages.map(({kind}) => kind);
  };
  const first = await kinds(good.slice(0, 3));
  assert.deepEqual(first.slice(0, 4), ["begin", "ask", "need", "entries"]);
  assert.deepEqual(await kinds(good.slice(0, 3)), ["ask", "answers"], "all is known by now");
  assert.deepEqual(await kinds(good.slice(3)), ["ask", "need", "entries", "answers"]);
  await threads.stop();
});

test("keys that nearly all transactions read come along with the next state", async () => {
  const chain = await withABlock(await coreForTests(NAMES));
  const compared = {chain, engine: createKhalaEngine(crypto)};
  const {threads, messages} = await threadsOver(compared);
  await started(threads, chain);
  const [tx] = transactionsOf(chain).good;
  const askMany = () => {
    const {head: at} = chain.core.chain;
    const all = Array.from({length: 64}, () => threads.ask({source: "External", tx: tx!, at}));
    return Promise.all(all);
  };
  await askMany();
  await chain.make(2);
  await askMany();
  await yieldThread();
  await yieldThread();
  await chain.make(3);
  messages.length = 0;
  await askMany();
  assert.deepEqual(
    messages.map(({kind}) => kind),
    ["begin", "end", "ask", "often", "answers"],
  );
  await threads.stop();
});
