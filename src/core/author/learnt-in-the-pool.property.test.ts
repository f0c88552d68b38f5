import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {binaryToBytes, bytesToHex, millis, unwrap} from "#base";
import {encode} from "#codec";
import {slotAt, slotStart} from "#consensus";
import {verifyMultiSignature, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {header as headerCodec} from "#primitives";
import {accountNonce, nextNonce} from "#runtime-api";
import {stateVersionOf} from "../runtimes/index.ts";
import {
  type CoreForTests,
  coreForTests,
  FIRST_SLOT,
  foreignCoreForTests,
  SLOT,
} from "../test-kit/core-for-tests.ts";
import {signedCall} from "../test-kit/signed-call.ts";
import {signedUpgrade} from "../test-kit/upgrade.ts";
import {propose} from "./proposer.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const SENDERS = ["//Bob", "//Charlie", "//Dave"];
const alice = WELL_KNOWN_ACCOUNTS[0]!.sr25519;

/** What happens to a node: a transaction comes, the code changes, or a block is made. */
type Step =
  | {
      readonly kind: "transfer";
      readonly sender: number;
      /** From the next one of the sender's on; those of before are stale or rivals. */
      readonly nonce: number;
      /** Of what an account has at first, in percent: several together are more than there is. */
      readonly percent: number;
      readonly isForged: boolean;
    }
  | {readonly kind: "upgrade"}
  | {readonly kind: "block"};

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("transfer" as const),
      sender: fc.nat(SENDERS.length - 1),
      nonce: fc.integer({min: -1, max: 2}),
      percent: fc.constantFrom(1, 40, 60, 99, 120),
      isForged: fc.nat(3).map(one => one === 0),
    }),
  },
  {weight: 2, arbitrary: fc.constant({kind: "block" as const})},
  {weight: 1, arbitrary: fc.constant({kind: "upgrade" as const})},
);

/** The block that who learnt nothing would make of what waits: no signature is remembered, no verdict of the pool looked at. */
async function withoutPool({core, crypto}: CoreForTests, passed: number) {
  const {chain, inherents, pool} = core;
  const parent = chain.head;
  const runtime = unwrap(chain.runtimeOf(parent.state));
  const duration = core.slotDuration();
  const now = millis(FIRST_SLOT * SLOT + passed);
  const slot = slotAt(now, duration);
  const scope = {parent, runtime, slot, slotBegins: slotStart(slot, duration), now};
  const waiting = pool.best();
  const {header, body} = unwrap(
    await propose(runtime, {
      parent,
      slot,
      inherents: unwrap(inherents.data(scope)),
      digest: inherents.digest(scope),
      stateVersion: stateVersionOf(runtime),
      transactions: waiting,
      hasTime: () => true,
      onLeftOut: left => waiting.setAside(left),
      verifySignature: ({scheme, signature, message, account}) =>
        verifyMultiSignature(crypto, scheme, signature, message, account),
      proofSize: chain.proofSize,
    }),
  );
  return {header: bytesToHex(encode(headerCodec, header)), body: body.map(bytesToHex)};
}

/** Makes a block, and answers with what it is but for its seal. */
async function made(author: CoreForTests, passed: number) {
  const {chain} = author.core;
  const {hash} = await author.makeAt(passed);
  const {digest, ...rest} = chain.header(hash)!;
  const unsealed = {...rest, digest: digest.filter(({type}) => type !== "Seal")};
  const header = bytesToHex(encode(headerCodec, unsealed));
  return {hash, header, body: chain.body(hash)!.map(bytesToHex)};
}

async function submit(author: CoreForTests, sent: Step & {kind: "transfer"}, unit: bigint) {
  const {core, crypto} = author;
  const uri = SENDERS[sent.sender]!;
  const account = unwrap(crypto.keyPairs.fromUri("sr25519", uri)).publicKey;
  const {state} = core.chain.head;
  const host = core.chain.host(state, {verifySignature: () => false});
  const runtime = unwrap(core.chain.runtimeOf(state));
  const waiting = [...core.pool.best()].map(({provides}) => ({
    provides: provides.map(binaryToBytes),
  }));
  const next = nextNonce(account, unwrap(accountNonce(runtime, host, account)), waiting);
  const named = {
    call: "Balances.transfer_allow_death",
    args: {dest: alice, value: (unit * BigInt(sent.percent)) / 100n},
  };
  const nonce = Math.max(0, next + sent.nonce);
  const bytes = signedCall(core, crypto, {uri, nonce}, named);
  // Within the signature, which begins after length, version, kind and account.
  if (sent.isForged) bytes[60]! ^= 1;
  await core.pool.submit("External", bytes);
}

/** Lets all happen to a node, and compares each block with that of one that learnt nothing, and with what another makes of it. */
async function compare(
  steps: readonly Step[],
  open: (names: readonly string[]) => Promise<CoreForTests>,
  {unit, upgrades}: {readonly unit: bigint; readonly upgrades: boolean},
): Promise<void> {
  const [author, other] = [await open(NAMES), await open([])];
  let passed = 0;
  for (const one of [...steps, {kind: "block"} as const]) {
    if (one.kind === "transfer") {
      await submit(author, one, unit);
    } else if (one.kind === "upgrade") {
      if (!upgrades) continue;
      await author.core.pool.submit("External", signedUpgrade(author.core, author.crypto));
    } else {
      passed += SLOT;
      author.clock.advanceTo(millis(FIRST_SLOT * SLOT + passed));
      const without = await withoutPool(author, passed);
      const {hash, ...block} = await made(author, passed);
      assert.deepEqual(block, without);
      other.clock.advanceTo(author.clock.now());
      unwrap(await other.takeFrom(author, hash));
      await other.core.chain.settled();
    }
  }
}

test("a block of what a pool looked at is, byte for byte, that of a node which learnt nothing, and others execute it to the same end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, {maxLength: 24}), steps =>
      compare(steps, coreForTests, {unit: 10n ** 18n, upgrades: false}),
    ),
    {numRuns: 40},
  );
});

test("so it is on a foreign chain that changes its code in between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, {maxLength: 24}), steps =>
      compare(steps, foreignCoreForTests, {unit: 10n ** 15n, upgrades: true}),
    ),
    {numRuns: 40},
  );
});
