import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {StateReader} from "#description";
import {GenuineChain, hashing} from "./support/genuine-chain.ts";
import {judge, judgementOf} from "./support/judged-chain.ts";
import {knownChain} from "./support/known-specs.ts";

const ROC = 1_000_000_000_000n;
const BUSY_BLOCKS = 200;
const PERIOD = 1_800;
const crypto = await createNativeCrypto();
const pairOf = (uri: string) => unwrap(crypto.keyPairs.fromUri("sr25519", uri));
const [alice, bob, dave] = ["//Alice", "//Bob", "//Dave"].map(pairOf) as [
  ReturnType<typeof pairOf>,
  ReturnType<typeof pairOf>,
  ReturnType<typeof pairOf>,
];
const daveAura = pairOf("//Dave//aura");
const id = ({publicKey}: {readonly publicKey: Uint8Array}) => bytesToHex(publicKey);

/** The chain's own genesis with our authors, their session keys, and money of ours, by the names that it publishes. */
const AUTHORS = [alice, bob].map(id);
const FUNDED = [alice, bob, dave].map(id);
const named = {
  Aura: {Authorities: AUTHORS},
  AuraExt: {Authorities: AUTHORS},
  CollatorSelection: {
    Invulnerables: AUTHORS,
    DesiredCandidates: 5,
    CandidacyBond: String(10n * ROC),
  },
  Session: {
    $removePrefix: ["NextKeys", "KeyOwner"],
    Validators: AUTHORS,
    QueuedKeys: AUTHORS.map(author => [author, {aura: author}]),
    NextKeys: AUTHORS.map(author => [[author], {aura: author}]),
    KeyOwner: AUTHORS.map(author => [[["0x61757261", author]], author]),
  },
  System: {
    Account: FUNDED.map(account => [
      [account],
      {
        nonce: 0,
        consumers: AUTHORS.includes(account) ? 1 : 0,
        providers: 1,
        sufficients: 0,
        data: {free: String(1_000n * ROC), reserved: 0, miscFrozen: 0, feeFrozen: 0},
      },
    ]),
  },
  Balances: {TotalIssuance: String(3_000n * ROC)},
};

test("statemine 900 with our authors: transfers, session keys, a candidate, a change of sessions; another node agrees, and so does its own judge", async () => {
  const spec = await knownChain("rococo_v2_2_asset_hub");
  const authorOf = (slot: number) => [alice, bob][slot % 2]!;
  const [maker, importer] = [
    new GenuineChain(spec, {named, isRecorded: true, authorOf}),
    new GenuineChain(spec, {named}),
  ];
  const nonces = new Map<string, number>();
  const signed = (pair: typeof alice, call: string, args: Readonly<Record<string, unknown>>) => {
    const nonce = nonces.get(id(pair)) ?? 0;
    nonces.set(id(pair), nonce + 1);
    return maker.sign(pair, nonce, call, args);
  };
  const transactionsOf = (number: number): Uint8Array[] => {
    if (number > BUSY_BLOCKS) return [];
    const transfer = {dest: bob.publicKey, value: ROC / 100n};
    const transfers = [signed(alice, "Balances.transfer_keep_alive", transfer)];
    if (number !== 3) return transfers;
    const keys = {aura: daveAura.publicKey};
    return [
      ...transfers,
      signed(dave, "Session.set_keys", {keys, proof: new Uint8Array(0)}),
      signed(dave, "CollatorSelection.register_as_candidate", {}),
    ];
  };
  let slot = Math.floor(1_700_000_000_000 / maker.slotDuration);
  for (let number = 1; number <= PERIOD + 1; number++) {
    const {block, after} = maker.makeBlock(slot++, transactionsOf(number));
    unwrap(judge(maker, judgementOf(maker, block)));
    importer.importBlock(block);
    maker.head = after;
  }
  const {state} = importer.head;
  const reader = new StateReader(importer.description, state, hashing);
  const value = (item: string) => reader.read(item);
  assert.equal(importer.head.header.number, PERIOD + 1);
  assert.equal(value("Session.CurrentIndex"), 1);
  const queued = value("Session.QueuedKeys") as [Uint8Array, unknown][];
  assert.deepEqual(
    queued.map(([who]) => bytesToHex(who)),
    [...AUTHORS, id(dave)],
  );
});
