import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, type Hex, millis, ok, silentLogger, VirtualClock} from "#base";
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
    clock: new VirtualClock(millis(0)),
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

/** An engine whose calls are counted. */
function counting(engine: RuntimeEngine) {
  let calls = 0;
  const counted: RuntimeEngine = {
    takes: code => engine.takes(code),
    runtimeOf(code, state) {
      const runtime = engine.runtimeOf(code, state);
      if (!runtime.ok) return runtime;
      const {value} = runtime;
      const call: typeof value.call = (...given) => {
        calls++;
        return value.call(...given);
      };
      return ok({...value, call});
    },
  };
  return {engine: counted, calls: () => calls};
}

test("of a state that is asked about all the time a thread is told what it asks for, once", async () => {
  const chain = await withABlock(await coreForTests(NAMES));
  const {threads, messages} = await threadsOver({chain, engine: createKhalaEngine(crypto)});
  await started(threads, chain);
  const {head: at} = chain.core.chain;
  const [tx] = transactionsOf(chain).good;
  const ask = () => threads.ask({source: "External", tx: tx!, at});
  const told = [ask()];
  for (let i = 0; i < 100; i++) {
    await yieldThread();
    told.push(ask());
  }
  assert.ok((await Promise.all(told)).every(one => one?.ok && one.value.ok));
  const count = (kind: string) => messages.filter(message => message.kind === kind).length;
  assert.equal(count("begin"), 1);
  assert.ok(count("ask") > 50, `${count("ask")} batches`);
  assert.ok(count("need") < 25, `${count("need")} times were entries asked for`);
  await threads.stop();
});

test("keys that nearly all transactions read come along with the next state, and whose account is needed is foreseen", async () => {
  const chain = await withABlock(await coreForTests(NAMES));
  const {engine, calls} = counting(createKhalaEngine(crypto));
  const {threads, messages} = await threadsOver({chain, engine});
  await started(threads, chain);
  const [bob, , , charlie] = transactionsOf(chain).good;
  const kinds = async (tx: Uint8Array) => {
    messages.length = 0;
    const {head: at} = chain.core.chain;
    const all = Array.from({length: 64}, () => threads.ask({source: "External", tx, at}));
    await Promise.all(all);
    const seen = messages.map(({kind}) => kind);
    // What follows upon it.
    await yieldThread();
    await yieldThread();
    return seen;
  };
  await kinds(bob!);
  await chain.make(2);
  assert.deepEqual(await kinds(bob!), ["begin", "ask", "answers"]);
  await chain.make(3);
  const before = calls();
  // The account of another one is not among them, and foreseen: nothing is tried twice.
  assert.deepEqual(await kinds(charlie!), ["begin", "ask", "need", "entries", "answers"]);
  assert.equal(calls() - before, 64);
  await threads.stop();
});
