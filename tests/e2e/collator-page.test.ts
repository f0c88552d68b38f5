import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {ApiPromise, Keyring, WsProvider} from "@polkadot/api";
import type {SubmittableExtrinsic} from "@polkadot/api/types";
import type {KeyringPair} from "@polkadot/keyring/types";
import type {ProviderInterface} from "@polkadot/rpc-provider/types";
import type {ISubmittableResult} from "@polkadot/types/types";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";

/** Everything that the page does, on a chain whose session is this many blocks. */
const SESSION = 10;
const PHA = 10n ** 12n;

type Call = SubmittableExtrinsic<"promise">;

let node: KhalaProcess;
let api: ApiPromise;
let keyring: Keyring;
let alice: KeyringPair;

before(async () => {
  await cryptoWaitReady();
  node = await startKhala([
    "dev",
    "--rpc-port=0",
    "--param=slot=100ms",
    `--param=session=${SESSION}`,
    "--param=desired=3",
  ]);
  const provider = new WsProvider(node.url) as unknown as ProviderInterface;
  api = await ApiPromise.create({provider, noInitWarn: true});
  keyring = new Keyring({type: "sr25519", ss58Format: 30});
  alice = keyring.addFromUri("//Alice");
});

after(async () => {
  await api?.disconnect();
  assert.equal(await node?.stop(), 0);
});

/** Sends a transaction and waits for its block to be final; answers block and error name. */
function send(
  call: Call,
  signer: KeyringPair,
): Promise<{block: number; error: string | undefined}> {
  return new Promise((resolve, reject) => {
    const settle = async (result: ISubmittableResult) => {
      if (result.isError) throw new Error(`transaction ${result.status.type}`);
      if (!result.status.isFinalized) return;
      const header = await api.rpc.chain.getHeader(result.status.asFinalized);
      const {dispatchError} = result;
      const error =
        dispatchError === undefined
          ? undefined
          : dispatchError.isModule
            ? api.registry.findMetaError(dispatchError.asModule).name
            : dispatchError.type;
      resolve({block: header.number.toNumber(), error});
    };
    call
      .signAndSend(signer, {nonce: -1}, result => void settle(result).catch(reject))
      .catch(reject);
  });
}

async function mustSend(call: Call, signer: KeyringPair): Promise<number> {
  const {block, error} = await send(call, signer);
  assert.equal(error, undefined);
  return block;
}

async function sudo(call: Call): Promise<number> {
  const block = await mustSend(api.tx.sudo.sudo(call), alice);
  return block;
}

/** Resolves when the best block has at least this number. */
function reach(number: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    api.rpc.chain
      .subscribeNewHeads(header => {
        if (header.number.toNumber() < number) return;
        stop();
        resolve();
      })
      .then(unsubscribe => {
        stop = unsubscribe;
      }, reject);
  });
}

async function at(number: number) {
  return api.at(await api.rpc.chain.getBlockHash(number));
}

async function validatorsAt(number: number): Promise<string[]> {
  const decorated = await at(number);
  const validators = await decorated.query.session!.validators!();
  return (validators.toJSON() as string[]) ?? [];
}

async function authoritiesAt(number: number): Promise<string[]> {
  const decorated = await at(number);
  return (await decorated.query.aura!.authorities!()).toJSON() as string[];
}

async function candidatesAt(number: number): Promise<{who: string; deposit: number | string}[]> {
  const list = await (await at(number)).query.collatorSelection!.candidates!();
  return list.toJSON() as {who: string; deposit: number}[];
}

async function balancesAt(
  number: number,
  who: KeyringPair,
): Promise<{free: bigint; reserved: bigint}> {
  const account = await (await at(number)).query.system!.account!(who.address);
  const {data} = account as unknown as {
    data: {free: {toBigInt(): bigint}; reserved: {toBigInt(): bigint}};
  };
  return {free: data.free.toBigInt(), reserved: data.reserved.toBigInt()};
}

/** The account that authored a block, by the set that was active. */
async function authorOf(number: number): Promise<string> {
  const hash = await api.rpc.chain.getBlockHash(number);
  const header = await api.derive.chain.getHeader(hash);
  return header.author?.toString() ?? "nobody";
}

/** The first block from `block` on at which a session begins. */
function rotationFrom(block: number): number {
  return Math.ceil(block / SESSION) * SESSION;
}

async function fund(uri: string): Promise<KeyringPair> {
  const account = keyring.addFromUri(uri);
  await mustSend(api.tx.balances!.transferKeepAlive!(account.address, 100n * PHA), alice);
  return account;
}

async function join(uri: string, keys: string): Promise<{account: KeyringPair; block: number}> {
  const account = await fund(uri);
  await mustSend(api.tx.session!.setKeys!(keys, "0x"), account);
  const block = await mustSend(api.tx.collatorSelection!.registerAsCandidate!(), account);
  return {account, block};
}

/** Session keys that no node holds, from one pair: whose they are is all that matters. */
function sessionKeysOf({publicKey}: KeyringPair): string {
  const key = Buffer.from(publicKey).toString("hex");
  return `0x${key}${key}`;
}

test("a new account becomes a collator after exactly two sessions, authors, and leaves again", async () => {
  const keys = await api.rpc.author.rotateKeys();
  assert.equal(keys.length, 64);
  const auraKey = `0x${keys.toHex().slice(2, 66)}`;
  assert.equal((await api.rpc.author.hasSessionKeys(keys)).isTrue, true);
  const {account, block} = await join("//Newcomer", keys.toHex());

  const bond = (await api.query.collatorSelection!.candidacyBond!()) as unknown as {
    toBigInt(): bigint;
  };
  assert.equal(bond.toBigInt(), 16n * PHA);
  assert.equal((await balancesAt(block, account)).reserved, 16n * PHA);
  assert.ok((await candidatesAt(block)).some(({who}) => who === account.address));

  const first = rotationFrom(block + 1);
  const second = first + SESSION;
  await reach(second);
  assert.ok(!(await validatorsAt(second - 1)).includes(account.address));
  assert.ok((await validatorsAt(second)).includes(account.address));
  assert.ok(!(await authoritiesAt(second - 1)).includes(auraKey));
  assert.ok((await authoritiesAt(second)).includes(auraKey));

  const authors = new Set<string>();
  // On a busy machine several turns of one of them may pass unused.
  for (let number = second + 1; authors.size < 2; number++) {
    assert.ok(number < second + 3 * SESSION, [...authors].join());
    await reach(number);
    authors.add(await authorOf(number));
  }
  assert.deepEqual(authors, new Set([alice.address, account.address]));

  const left = await mustSend(api.tx.collatorSelection!.leaveIntent!(), account);
  assert.equal((await balancesAt(left, account)).reserved, 0n);
  assert.ok(!(await candidatesAt(left)).some(({who}) => who === account.address));
  const out = rotationFrom(left + 1) + SESSION;
  await reach(out + 2);
  assert.ok((await validatorsAt(out - 1)).includes(account.address));
  assert.ok(!(await validatorsAt(out)).includes(account.address));
});

test("a candidate that authors nothing is kicked at the third session change, its bond back in full", async () => {
  const stranger = keyring.addFromUri("//KeysElsewhere");
  const {account, block} = await join("//Silent", sessionKeysOf(stranger));
  const third = rotationFrom(block + 1) + 2 * SESSION;
  await reach(third);
  assert.ok((await candidatesAt(third - 1)).some(({who}) => who === account.address));
  assert.ok(!(await candidatesAt(third)).some(({who}) => who === account.address));
  const removed = await (await at(third)).query.system!.events!();
  const names = (removed as unknown as {event: {section: string; method: string}}[][]).map(
    record =>
      `${(record as unknown as {event: {section: string; method: string}}).event.section}.${
        (record as unknown as {event: {section: string; method: string}}).event.method
      }`,
  );
  assert.ok(names.includes("balances.Unreserved"));
  assert.ok(names.includes("collatorSelection.CandidateRemoved"));
  const {free, reserved} = await balancesAt(third, account);
  assert.equal(reserved, 0n);
  assert.ok(free > 99n * PHA, "all but two fees is back");
});

test("root sets invulnerables, and one that is offline is never kicked", async () => {
  const offline = keyring.addFromUri("//Offline");
  const keys = sessionKeysOf(keyring.addFromUri("//OfflineKey"));
  await fund("//Offline");
  await mustSend(api.tx.session!.setKeys!(keys, "0x"), offline);
  const set = await sudo(
    api.tx.collatorSelection!.setInvulnerables!([alice.address, offline.address]) as Call,
  );
  const active = rotationFrom(set + 1) + SESSION;
  await reach(active + 3 * SESSION);
  assert.ok((await validatorsAt(active + 3 * SESSION)).includes(offline.address));
  const invulnerables = (await api.query.collatorSelection!.invulnerables!()).toJSON() as string[];
  assert.deepEqual(new Set(invulnerables), new Set([alice.address, offline.address]));
  await sudo(api.tx.collatorSelection!.removeInvulnerable!(offline.address) as Call);
});

test("root sets the bond and the number of candidates, and each error of the page has its name", async () => {
  const {collatorSelection, session} = api.tx;
  await sudo(collatorSelection!.setCandidacyBond!(20n * PHA) as Call);
  const bond = (await api.query.collatorSelection!.candidacyBond!()) as unknown as {
    toBigInt(): bigint;
  };
  assert.equal(bond.toBigInt(), 20n * PHA);

  const keyless = await fund("//Keyless");
  const errorOf = async (call: Call, signer: KeyringPair) => (await send(call, signer)).error;
  assert.equal(
    await errorOf(collatorSelection!.registerAsCandidate!() as Call, keyless),
    "ValidatorNotRegistered",
  );
  assert.equal(
    await errorOf(collatorSelection!.registerAsCandidate!() as Call, alice),
    "AlreadyInvulnerable",
  );
  assert.equal(
    await errorOf(collatorSelection!.leaveIntent!() as Call, keyless),
    "TooFewEligibleCollators",
  );
  assert.equal(await errorOf(session!.purgeKeys!() as Call, keyless), "NoKeys");
  const alicesKey = sessionKeysOf(alice);
  assert.equal(await errorOf(session!.setKeys!(alicesKey, "0x") as Call, keyless), "DuplicatedKey");
  assert.equal(
    await errorOf(collatorSelection!.setDesiredCandidates!(1) as Call, keyless),
    "BadOrigin",
  );
  assert.equal(
    await errorOf(api.tx.sudo!.sudo!(collatorSelection!.setDesiredCandidates!(1)) as Call, keyless),
    "RequireSudo",
  );

  const {account: one, block} = await join("//One", sessionKeysOf(keyring.addFromUri("//OneKey")));
  // Together: nobody holds its keys, and after two sessions more it is kicked.
  const [again, none] = await Promise.all([
    errorOf(collatorSelection!.registerAsCandidate!() as Call, one),
    errorOf(collatorSelection!.leaveIntent!() as Call, keyless),
  ]);
  assert.deepEqual([again, none], ["AlreadyCandidate", "NotCandidate"]);
  assert.equal((await balancesAt(block, one)).reserved, 20n * PHA);

  const poor = keyring.addFromUri("//Poor");
  await mustSend(api.tx.balances!.transferKeepAlive!(poor.address, 5n * PHA), alice);
  const poorKey = sessionKeysOf(keyring.addFromUri("//PoorKey"));
  await mustSend(session!.setKeys!(poorKey, "0x"), poor);
  assert.equal(
    await errorOf(collatorSelection!.registerAsCandidate!() as Call, poor),
    "InsufficientBalance",
  );

  await sudo(collatorSelection!.setDesiredCandidates!(0) as Call);
  assert.equal(
    await errorOf(collatorSelection!.registerAsCandidate!() as Call, poor),
    "TooManyCandidates",
  );
});
