import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, unwrap, utf8Bytes} from "#base";
import {createPortableHashing} from "#crypto";
import {
  type ChainDescription,
  describe,
  findItem,
  StateReader,
  type StorageItem,
  storageKey,
  unknownType,
  writeValue,
} from "#description";
import {memoryState} from "#state";
import {genuineMetadata} from "../../description/test-kit/genuine-metadata.ts";
import {descriptionOf, hashing, khala} from "../../description/test-kit/our-metadata.ts";
import {readPayAtStart, readSession, readSet} from "./index.ts";

const account = (n: number) => new Uint8Array(32).fill(n);
const portable = createPortableHashing();

type Said = readonly (readonly [item: string, keys: readonly unknown[], value: unknown])[];

/** A state that has these values. */
function stateOf(description: ChainDescription, said: Said) {
  const entries = said.map(([name, keys, value]) => {
    const item = findItem(description, name)!;
    const key = unwrap(storageKey(item, keys, portable));
    return [key, unwrap(writeValue(item.value, value))] as const;
  });
  return memoryState(entries, data => hashing.blake2b256(data));
}

/** A reader of that. */
const readerOf = (description: ChainDescription, said: Said): StateReader =>
  new StateReader(description, stateOf(description, said), portable);

const told = (reader: StateReader) =>
  readSet(reader)!.members.map(
    ({account: who, kind, fate, deposit}) => `${who[0]} ${kind} ${fate} ${deposit}`,
  );

const withoutCall = (description: ChainDescription, name: string): ChainDescription => ({
  ...description,
  pallets: description.pallets.map(pallet => {
    const def = pallet.calls?.def;
    if (pallet.name !== "CollatorSelection" || def?.kind !== "variant") return pallet;
    const variants = def.variants.filter(each => each.name !== name);
    return {...pallet, calls: {...pallet.calls!, def: {...def, variants}}};
  }),
});

test("a genuine chain of the pallet's second version tells candidates by deposit, and all that it publishes", async () => {
  const description = unwrap(describe(await genuineMetadata(["v15", "asset-hub-polkadot"])));
  const key = new Uint8Array(32).fill(7);
  const reader = readerOf(description, [
    ["CollatorSelection.Invulnerables", [], [account(1)]],
    [
      "CollatorSelection.CandidateList",
      [],
      [
        {who: account(2), deposit: 5n},
        {who: account(3), deposit: 9n},
      ],
    ],
    ["CollatorSelection.DesiredCandidates", [], 1],
    ["CollatorSelection.CandidacyBond", [], 5n],
    ["CollatorSelection.LastAuthoredBlock", [account(3)], 77],
    ["Session.CurrentIndex", [], 12],
    ["Session.Validators", [], [account(1), account(3)]],
    ["Session.QueuedKeys", [], [[account(1), {aura: key}]]],
    ["Session.NextKeys", [account(3)], {aura: key}],
    ["Aura.Authorities", [], [account(11), account(13)]],
  ]);
  assert.deepEqual(readSession(reader), {
    index: 12,
    validators: [account(1), account(3)],
    queued: [account(1)],
    period: undefined,
    nextRotation: undefined,
  });
  const set = readSet(reader)!;
  assert.deepEqual(told(reader), [
    "1 Invulnerable Safe 0",
    "3 Candidate undefined 9",
    "2 Candidate undefined 5",
  ]);
  assert.deepEqual(
    [set.isByDeposit, set.desiredCandidates, set.candidacyBond, set.kickThreshold, set.minEligible],
    // Such constants are published since 2025.
    [true, 1, 5n, 3_600, 4],
  );
  assert.deepEqual(set.pot, concatBytes(utf8Bytes("modlPotStake"), new Uint8Array(20)));
  const [one, three] = set.members;
  assert.deepEqual([one!.queuedKeys?.all, one!.nextKeys, one!.isQueued], [key, undefined, true]);
  assert.deepEqual([three!.nextKeys?.all, three!.lastAuthored, three!.isQueued], [key, 77, false]);
  assert.deepEqual([one!.auraKey, three!.auraKey], [account(11), account(13)]);
});

test("registered keys are read though their type is unknown, and whether anybody is queued is not known then", async () => {
  const {pallets, ...rest} = descriptionOf(khala);
  const unknown = unknownType("Keys");
  const storage = (item: StorageItem): StorageItem =>
    item.name === "QueuedKeys" || item.name === "NextKeys" ? {...item, value: unknown} : item;
  const description = {
    ...rest,
    pallets: pallets.map(pallet => ({...pallet, storage: pallet.storage.map(storage)})),
  };
  const said: Said = [
    ["CollatorSelection.Invulnerables", [], [account(1)]],
    ["Session.Validators", [], [account(1)]],
    ["Session.NextKeys", [account(1)], {aura: account(11), grandpa: account(21)}],
  ];
  const state = stateOf(descriptionOf(khala), said);
  const reader = new StateReader(description, state, portable);
  const [one] = readSet(reader)!.members;
  assert.deepEqual(one!.nextKeys?.all, concatBytes(account(11), account(21)));
  assert.deepEqual([one!.isQueued, readSession(reader)!.queued], [undefined, undefined]);
});

test("candidates of a type that nobody describes do not pass for none", () => {
  const {pallets, ...rest} = descriptionOf(khala);
  const storage = (item: StorageItem): StorageItem =>
    item.name === "Candidates" ? {...item, value: unknownType("CandidateInfo")} : item;
  const description = {
    ...rest,
    pallets: pallets.map(pallet => ({...pallet, storage: pallet.storage.map(storage)})),
  };
  const reader = readerOf(description, [
    ["CollatorSelection.Invulnerables", [], [account(1)]],
    ["Session.Validators", [], [account(1), account(2)]],
  ]);
  const {isWhole, members} = readSet(reader)!;
  assert.deepEqual(
    [isWhole, members.map(({kind, isActive}) => [kind, isActive])],
    [
      false,
      [
        [undefined, true],
        [undefined, true],
      ],
    ],
  );
});

test("where there are more keys than authors nobody knows whose is whose", () => {
  const description = descriptionOf(khala);
  const reader = readerOf(description, [
    ["CollatorSelection.Invulnerables", [], [account(1)]],
    ["Session.Validators", [], [account(1)]],
    ["Aura.Authorities", [], [account(11), account(12)]],
  ]);
  const [one] = readSet(reader)!.members;
  assert.deepEqual([one!.isActive, one!.auraKey], [true, undefined]);
});

test("candidates who were appointed stay on the list of the pallet's first version, and leave that of later ones", () => {
  const description = descriptionOf(khala);
  const said: Said = [
    ["CollatorSelection.Invulnerables", [], [account(1)]],
    ["CollatorSelection.Candidates", [], [{who: account(1), deposit: 5n}]],
  ];
  assert.deepEqual(told(readerOf(description, said)), ["1 Candidate Appointed 5"]);
  const old = withoutCall(description, "add_invulnerable");
  assert.deepEqual(told(readerOf(old, said)), ["1 Candidate undefined 5"]);
});

test("a chain of sessions without candidates tells who authors, and of none what it is", async () => {
  const {pallets, ...rest} = descriptionOf(khala);
  const description = {
    ...rest,
    pallets: pallets.filter(({name}) => name !== "CollatorSelection"),
  };
  const reader = readerOf(description, [
    ["Session.Validators", [], [account(1)]],
    [
      "Session.QueuedKeys",
      [],
      [
        [account(1), {aura: account(11), grandpa: account(21)}],
        [account(2), {aura: account(12), grandpa: account(22)}],
      ],
    ],
  ]);
  const set = readSet(reader)!;
  assert.deepEqual(told(reader), [
    "1 undefined undefined undefined",
    "2 undefined undefined undefined",
  ]);
  assert.deepEqual(
    set.members.map(({isActive, isQueued}) => [isActive, isQueued]),
    [
      [true, true],
      [false, true],
    ],
  );
  assert.deepEqual([set.candidacyBond, set.pot, set.potBalance], [undefined, undefined, undefined]);
});

test("a chain of Aura alone tells of no session and no set", () => {
  const {pallets, ...rest} = descriptionOf(khala);
  const gone = ["CollatorSelection", "Session"];
  const description = {...rest, pallets: pallets.filter(({name}) => !gone.includes(name))};
  const reader = readerOf(description, [["Aura.Authorities", [], [account(1)]]]);
  assert.deepEqual([readSession(reader), readSet(reader)], [undefined, undefined]);
});

test("a published length of sessions says when the next one begins", () => {
  const {pallets, ...rest} = descriptionOf(khala);
  const u32 = findItem({pallets, ...rest}, "System.Number")!.value;
  const constant = (name: string, value: number) => ({
    name,
    type: u32,
    value: unwrap(writeValue(u32, value)),
    docs: [],
  });
  const description = {
    ...rest,
    pallets: pallets.map(pallet =>
      pallet.name === "Session"
        ? {...pallet, constants: [constant("Period", 10), constant("Offset", 3)]}
        : pallet,
    ),
  };
  const next = (number: number) => {
    const {period, nextRotation} = readSession(
      readerOf(description, [["System.Number", [], number]]),
    )!;
    return [period, nextRotation];
  };
  assert.deepEqual(
    [next(1), next(3), next(12), next(13)],
    [
      [10, 3],
      [10, 13],
      [10, 13],
      [10, 23],
    ],
  );
});

test("what came while a block began is the author's pay, and what transactions brought is not", () => {
  const description = descriptionOf(khala);
  const transfer = (phase: unknown, to: Uint8Array, amount: bigint) => ({
    phase,
    event: {
      type: "Balances",
      value: {type: "Transfer", value: {from: account(9), to, amount}},
    },
    topics: [],
  });
  const begin = "Initialization";
  const events = (list: readonly unknown[]): Said => [["System.Events", [], list]];
  const said = [
    transfer({type: begin}, account(1), 5n),
    transfer({type: begin}, account(2), 7n),
    transfer({type: "ApplyExtrinsic", value: 1}, account(1), 11n),
  ];
  const reader = readerOf(description, events(said));
  assert.equal(readPayAtStart(reader, account(1)), 5n);
  assert.equal(readPayAtStart(reader, account(3)), 0n);
  assert.equal(readPayAtStart(readerOf(description, []), account(1)), undefined);
  // An event that nobody can read, before any transaction's: it may have been pay.
  const bytes = reader.stored("System.Events")!.slice();
  const cut = Uint8Array.of(8, ...bytes.subarray(1, 1 + (bytes.length - 5) / 3), 0, 255, 255);
  const state = memoryState(
    [[unwrap(storageKey(findItem(description, "System.Events")!, [], portable)), cut]],
    data => hashing.blake2b256(data),
  );
  assert.equal(
    readPayAtStart(new StateReader(description, state, portable), account(1)),
    undefined,
  );
});
