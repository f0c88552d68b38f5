import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToBinary, bytesToHex, unwrap, utf8Bytes} from "#base";
import {typeInfo, u8} from "#codec";
import {readNamedState, type StateReader} from "#description";
import {itemKey, REHEARSAL_KEY} from "#primitives";
import {foreignCode, UPGRADED} from "../runtime/test-kit/foreign/index.ts";
import {type DevelopmentFacts, type DevelopmentWishes, developmentWishes} from "./development.ts";
import {rehearse, type WholeState} from "./rehearse.ts";
import {decodeSettings} from "./settings.ts";
import {StateDraft} from "./state-draft.ts";
import {attemptRehearsal} from "./stop.ts";
import {
  accountOf,
  crypto,
  firstOf,
  foreignChain,
  foreignChainSpec,
  known,
  NOW,
  readerOf,
  STRANGERS,
  TOY,
  tools,
} from "./test-kit/foreign-chain.ts";

const {hashing} = crypto;

const facts: DevelopmentFacts = {
  ...tools,
  keyKinds: foreignChain().keyKinds,
  accountLength: 32,
  decimals: 10,
  blockHashing: "blake2-256",
};
const wishes = (asked: DevelopmentWishes = {}) => unwrap(developmentWishes(asked, facts));

/** The foreign chain's first state with something written over it by names. */
function changed(named: unknown, state: WholeState = firstOf(foreignChainSpec())): WholeState {
  const top = new Map(state.top);
  for (const change of unwrap(readNamedState(foreignChain().description, named, hashing))) {
    if (change.kind === "set") top.set(change.key, change.value);
    if (change.kind === "remove") top.delete(change.key);
  }
  return {...state, top};
}

/** What keys of `System.Account` begin with. */
const ACCOUNTS = itemKey(hashing, "System", "Account");

/** What the foreign chain's pallet begins with. */
const POT = 1_000_000n;

function infoOf(reader: StateReader, account: Uint8Array) {
  return reader.read("System.Account", [account]) as {
    nonce: number;
    consumers: number;
    providers: number;
    data: Record<string, bigint>;
  };
}

const names = (accounts: unknown) =>
  (accounts as Uint8Array[]).map(
    each =>
      ["Alice", "Bob", "Charlie", "Dave"].find(
        name => bytesToHex(accountOf(name)) === bytesToHex(each),
      ) ?? bytesToHex(each),
  );

test("another team's chain comes into the hands of development accounts: who authors, who has root, who has money", () => {
  const made = unwrap(rehearse(foreignChain(), wishes()));
  const state = readerOf(made.state);
  const sorted = ["Dave", "Bob", "Charlie", "Alice"];
  assert.deepEqual(names(state.read("CollatorSelection.Invulnerables")), sorted);
  assert.deepEqual(names(state.read("Session.Validators")), sorted);
  assert.deepEqual(names(state.read("Aura.Authorities")), sorted);
  for (const name of sorted) {
    const account = accountOf(name);
    assert.deepEqual(state.read("Session.NextKeys", [account]), {aura: account});
    assert.deepEqual(state.read("Session.KeyOwner", [[utf8Bytes("aura"), account]]), account);
    const {consumers, providers, nonce} = infoOf(state, account);
    assert.deepEqual([consumers, providers, nonce], [1, 1, 0]);
  }
  const pairs = state.read("Session.QueuedKeys") as [Uint8Array, {aura: Uint8Array}][];
  assert.deepEqual(names(pairs.map(([account]) => account)), sorted);
  assert.deepEqual(names(pairs.map(([, {aura}]) => aura)), sorted);
  assert.deepEqual(state.read("Sudo.Key"), accountOf("Alice"));
  // The pot of the pallet stays, everybody else is gone.
  const accounts = unwrap(state.page("System.Account", {limit: 100})!).entries;
  assert.equal(accounts.length, 16);
  assert.equal(state.read("Balances.TotalIssuance"), 15_000_000n * TOY + POT);
  for (const stranger of STRANGERS)
    assert.equal(state.stored("System.Account", [stranger]), undefined);
  const eve = infoOf(state, accountOf("Eve"));
  assert.deepEqual([eve.consumers, eve.data.free], [0, 1_000_000n * TOY]);
});

test("settings stand in the state, with a vote for each collator", () => {
  const {state, settings} = unwrap(rehearse(foreignChain(), wishes({collators: 2, rate: 120})));
  assert.deepEqual(unwrap(decodeSettings(state.top.get(REHEARSAL_KEY)!)), settings);
  assert.deepEqual(settings.voters, [
    {account: accountOf("Alice"), key: known("Alice").ed25519},
    {account: accountOf("Bob"), key: known("Bob").ed25519},
  ]);
  assert.deepEqual([settings.rate, settings.realStart, settings.chainStart], [120, NOW, NOW]);
});

test("the report says what was replaced and what the chain has no place for", () => {
  const {report} = unwrap(rehearse(foreignChain(), wishes({collators: ["Alice", "Bob"]})));
  for (const line of [
    "CollatorSelection.Invulnerables := [Bob, Alice]",
    "Session.NextKeys 2 removed",
    "Session.KeyOwner := 2 entries",
    "System.Account 2 removed",
    "System.Account 1 of pallets kept",
    `Balances.TotalIssuance := ${15_000_000n * TOY + POT}`,
    "Sudo.Key := Alice",
  ])
    assert.ok(report.replaced.includes(line), `${line} in ${report.replaced.join("; ")}`);
  assert.deepEqual(report.skipped, [
    "AuraExt: no such pallet",
    "Council: no such pallet",
    "TechnicalCommittee: no such pallet",
  ]);
  assert.equal(report.startsAt, 0);
});

test("accounts that are kept stay as they are, without keys to answer for, and with their bonds", () => {
  const [stranger] = STRANGERS;
  const entry = (account: Uint8Array, info: object) => [[bytesToHex(account)], info];
  const state = changed({
    CollatorSelection: {Candidates: [{who: bytesToHex(stranger!), deposit: `${TOY}`}]},
    System: {
      Account: [
        entry(stranger!, {
          nonce: 5,
          consumers: 2,
          providers: 1,
          data: {free: `${5n * TOY}`, reserved: `${2n * TOY}`},
        }),
        entry(accountOf("Bob"), {nonce: 3, consumers: 1, providers: 1, data: {free: "1"}}),
      ],
    },
  });
  const made = unwrap(rehearse(foreignChain(state), wishes({keepsAccounts: true})));
  const reader = readerOf(made.state);
  const kept = infoOf(reader, stranger!);
  assert.deepEqual(
    [kept.nonce, kept.consumers, kept.data.free, kept.data.reserved],
    [5, 1, 6n * TOY, TOY],
  );
  const bob = infoOf(reader, accountOf("Bob"));
  assert.deepEqual([bob.nonce, bob.consumers, bob.data.free], [3, 2, 1_000_000n * TOY]);
  assert.deepEqual(reader.read("CollatorSelection.Candidates"), []);
  const other = infoOf(reader, STRANGERS[1]!);
  assert.equal(
    reader.read("Balances.TotalIssuance"),
    15_000_000n * TOY + POT + 7n * TOY + other.data.free!,
  );
});

test("whatever was there and is given, the issuance is what all accounts have", () => {
  const amount = fc.bigInt(0n, 10n ** 24n);
  const account = fc.uint8Array({minLength: 32, maxLength: 32});
  const one = fc.record({account, free: amount, reserved: amount, isOfPallet: fc.boolean()});
  const given = fc.record({
    there: fc.array(one, {maxLength: 6}),
    endowed: fc.array(fc.tuple(account, amount), {maxLength: 4}),
    keepsAccounts: fc.boolean(),
  });
  const chain = foreignChain();
  const standard = wishes({collators: 2, endowsNobodyElse: true});
  fc.assert(
    fc.property(given, ({there, endowed, keepsAccounts}) => {
      const entries = there.map(({account, free, reserved, isOfPallet}) => {
        const who = isOfPallet ? Uint8Array.of(...utf8Bytes("modl"), ...account.slice(4)) : account;
        return [[bytesToHex(who)], {data: {free: `${free}`, reserved: `${reserved}`}}];
      });
      const state = changed({System: {Account: entries}});
      const made = unwrap(rehearse({...chain, state}, {...standard, endowed, keepsAccounts}));
      const reader = readerOf(made.state, chain);
      const all = unwrap(reader.page("System.Account", {limit: 1_000})!).entries;
      const sum = all.reduce((total, {keys: [who]}) => {
        const {free, reserved} = infoOf(reader, who as Uint8Array).data;
        return total + free! + reserved!;
      }, 0n);
      assert.equal(reader.read("Balances.TotalIssuance"), sum);
      for (const [who, free] of new Map(
        endowed.map(each => [bytesToBinary(each[0]), each]),
      ).values())
        assert.equal(infoOf(reader, who).data.free, free);
    }),
    {numRuns: 40},
  );
});

test("a state of a later block goes on from there: its number stays, its time goes on", () => {
  const now = Number(NOW) + 5_000_000;
  const state = changed({
    System: {Number: 1_234},
    Timestamp: {Now: `${now}`},
    Session: {CurrentIndex: 77, DisabledValidators: [1]},
    Aura: {CurrentSlot: `${now / 1_000}`},
  });
  const children = new Map([["crowdloan", new Map([["a", Uint8Array.of(1)]])]]);
  const made = unwrap(rehearse({...foreignChain(state), state: {...state, children}}, wishes()));
  const reader = readerOf(made.state);
  assert.deepEqual(made.state.children, children);
  assert.equal(made.report.startsAt, 1_234);
  assert.equal(reader.read("System.Number"), 1_234);
  assert.ok(made.settings.chainStart >= now + 1_000);
  assert.equal(made.settings.realStart, NOW);
  for (const item of ["Session.CurrentIndex", "Session.DisabledValidators", "Aura.CurrentSlot"])
    assert.equal(reader.stored(item), undefined, item);
  assert.match(made.report.notes.join(), /other pallets/);
});

test("what an operator sets by names is set last; a key that is named is an account", () => {
  const asked = wishes({
    changes: [
      {CollatorSelection: {DesiredCandidates: "3"}},
      {System: {Account: [[["//Alice"], {nonce: 9, providers: 1, data: {free: "12"}}]]}},
      {Sudo: {Key: null}},
    ],
  });
  const {state, report} = unwrap(rehearse(foreignChain(), asked));
  const reader = readerOf(state);
  assert.equal(reader.read("CollatorSelection.DesiredCandidates"), 3);
  assert.equal(infoOf(reader, accountOf("Alice")).nonce, 9);
  assert.equal(reader.read("Sudo.Key"), undefined);
  assert.ok(report.replaced.includes("Sudo.Key changed as asked"));
  const refused = rehearse(foreignChain(), wishes({changes: [{Sudo: {Kee: "1"}}]}));
  assert.ok(!refused.ok);
  assert.deepEqual(
    [refused.error.code, refused.error.did],
    ["rehearsal-change-invalid", "wrote nothing"],
  );
  assert.match(refused.error.what, /Sudo\.Kee/);
});

test("time, the relay chain's block and the issuance follow what was set by names", () => {
  const later = Number(NOW) + 86_400_000;
  const made = (...changes: object[]) => unwrap(rehearse(foreignChain(), wishes({changes})));
  assert.ok(made({Timestamp: {Now: `${later}`}}).settings.chainStart > later);
  const rich = [["//Alice"], {providers: 1, data: {free: `${9n * 10n ** 30n}`}}];
  const issuance = (...changes: object[]) =>
    readerOf(made(...changes).state).read("Balances.TotalIssuance");
  const [before, after] = [issuance(), issuance({System: {Account: [rich]}})] as [bigint, bigint];
  assert.equal(after - before, 9n * 10n ** 30n - 1_000_000n * TOY);
  assert.equal(issuance({Balances: {TotalIssuance: "5"}}), 5n);
});

test("moments and block numbers that no chain goes on from are refused", () => {
  const refusal = (changes: object) => {
    const made = rehearse(foreignChain(), wishes({changes: [changes]}));
    return made.ok ? "none" : made.error;
  };
  assert.deepEqual(
    [{Timestamp: {Now: `${2n ** 60n}`}}, {System: {Number: 0xffff_fffe}}].map(changes => {
      const refused = refusal(changes);
      return refused === "none" ? refused : [refused.code, refused.did];
    }),
    [
      ["rehearsal-settings-invalid", "wrote nothing"],
      ["rehearsal-start-invalid", "wrote nothing"],
    ],
  );
});

test("other code goes on with the state, and what it does not read any more is named", () => {
  const code = foreignCode(hashing, UPGRADED);
  const chain = foreignChain();
  const pallets = chain.description.pallets.map(pallet =>
    pallet.name === "Sudo"
      ? {...pallet, storage: []}
      : pallet.name === "Session"
        ? {
            ...pallet,
            storage: pallet.storage.map(item =>
              item.name === "Validators" ? {...item, value: u8.info} : item,
            ),
          }
        : pallet,
  );
  const nextDescription = {...chain.description, pallets};
  const {state, report} = unwrap(rehearse({...chain, nextDescription}, wishes({code})));
  assert.deepEqual(state.top.get(":code"), code);
  const notes = report.notes.join("\n");
  assert.match(notes, /migrations run in the first block/);
  assert.match(notes, /^Session\.Validators: a value does not read by the other code/m);
  assert.match(notes, /^Sudo\.Key: .*no such item/m);
  assert.equal(report.notes.length, 3);
});

test("a kind of session key that nobody knows the scheme of stops it, by its name", () => {
  const keyKinds = [...foreignChain().keyKinds, {keyType: "xyzw", scheme: undefined}];
  const asked = developmentWishes({}, {...facts, keyKinds});
  assert.ok(!asked.ok);
  assert.equal(asked.error.code, "key-type-unknown");
  assert.match(asked.error.what, /aura, xyzw.* keys of type xyzw/);
  const refused = rehearse({...foreignChain(), keyKinds}, wishes());
  assert.ok(!refused.ok);
  assert.equal(refused.error.code, "key-type-unknown");
});

test("more collators than the runtime takes, and one twice, are refused", () => {
  const chain = foreignChain(firstOf(foreignChainSpec(UPGRADED)));
  const many = rehearse(chain, wishes({collators: 11}));
  assert.ok(!many.ok);
  assert.equal(many.error.code, "rehearsal-too-many-collators");
  assert.deepEqual(many.error.facts, [["CollatorSelection.MaxInvulnerables", "10"]]);
  const twice = rehearse(chain, wishes({collators: ["Alice", "//Alice"]}));
  assert.ok(!twice.ok);
  assert.equal(twice.error.code, "rehearsal-collator-twice");
});

test("a value that does not come back as it was given stops all of it", () => {
  const {description, state} = foreignChain();
  const draft = new StateDraft(state.top, description, hashing, new Map());
  const codeOf = (write: () => void) => {
    const attempt = attemptRehearsal(write);
    return attempt.ok ? "none" : attempt.error.code;
  };
  // An address is taken for an account, and reads back as bytes.
  const address = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
  assert.equal(
    codeOf(() => draft.put("Sudo.Key", [], address)),
    "rehearsal-not-read-back",
  );
  assert.equal(
    codeOf(() => draft.put("Session.KeyOwner", [["0x61757261", "0x01"]], accountOf("Bob"))),
    "rehearsal-not-read-back",
  );
  assert.equal(
    codeOf(() => draft.put("Sudo.Key", [], 7)),
    "rehearsal-value-misfit",
  );
  assert.equal(
    codeOf(() => draft.put("Sudo.Key", [], accountOf("Bob"))),
    "none",
  );
  draft.putRaw(draft.keysOf("System.Account")[0]!, Uint8Array.of(1));
  assert.equal(
    codeOf(() => draft.entries("System.Account")),
    "rehearsal-state-unreadable",
  );
});

test("balances that a pallet keeps by itself are written there, and counted there", () => {
  const chain = foreignChain();
  const nothing = typeInfo({kind: "tuple", elements: []});
  const pallets = chain.description.pallets.map(pallet => ({
    ...pallet,
    storage: pallet.storage.map(item => {
      if (item.pallet !== "System" || item.name !== "Account") return item;
      const {def} = item.value;
      assert.ok(def.kind === "composite");
      const fields = def.fields.map(each =>
        each.name === "data" ? {...each, type: nothing} : each,
      );
      return {...item, value: typeInfo({kind: "composite", fields}), fallback: new Uint8Array(16)};
    }),
  }));
  const description = {...chain.description, pallets};
  const top = new Map([...chain.state.top].filter(([key]) => !key.startsWith(ACCOUNTS)));
  const apart = {...chain, description, state: {...chain.state, top}};
  const {state} = unwrap(rehearse(apart, wishes()));
  const reader = readerOf(state, apart);
  const balance = reader.read("Balances.Account", [accountOf("Bob")]) as {free: bigint};
  assert.equal(balance.free, 1_000_000n * TOY);
  assert.equal(infoOf(reader, accountOf("Bob")).providers, 1);
  assert.equal(reader.read("Balances.TotalIssuance"), 15_000_000n * TOY);
});

test("whichever value of a state is damaged, it is rehearsed or refused by a code, and nothing is thrown", () => {
  const chain = foreignChain();
  const asked = wishes({keepsAccounts: true, collators: 2});
  const keys = [...chain.state.top.keys()];
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.uint8Array({maxLength: 40}), (key, bytes) => {
      const top = new Map(chain.state.top).set(key, bytes);
      const made = rehearse({...chain, state: {...chain.state, top}}, asked);
      if (made.ok) return;
      refused++;
      assert.equal(made.error.code, "rehearsal-state-unreadable");
    }),
    {numRuns: 200},
  );
  assert.ok(refused > 0, "some damage is seen");
});
