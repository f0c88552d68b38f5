import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToBinary, bytesToHex, hex, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import type {PresetName} from "#runtime";
import {memoryState} from "#state";
import {
  type ChainSpec,
  firstState,
  formatChainSpec,
  genesisBlock,
  genesisToStore,
  parseChainSpec,
  presetSpec,
} from "./index.ts";

const hashing = createPortableHashing();

const preset = (name: PresetName): ChainSpec => {
  const spec = presetSpec(name);
  assert.ok(spec !== undefined);
  return spec;
};

const textOf = (spec: ChainSpec, isRaw: boolean) =>
  unwrap(formatChainSpec(spec, {isRaw}, {hashing}));
const hashOf = ({genesis}: ChainSpec) =>
  bytesToHex(genesisBlock(unwrap(firstState(genesis, {hashing})), 0, hashing).hash);

for (const name of ["dev", "local"] as const) {
  test(`the readable spec of ${name} says all that its genesis is made of`, () => {
    const spec = preset(name);
    const {spec: back, warnings} = unwrap(parseChainSpec(textOf(spec, false)));
    const {document, ...said} = back;
    assert.deepEqual(said, spec);
    assert.equal(document?.name, spec.name);
    assert.deepEqual(warnings, []);
  });

  test(`the raw spec of ${name} is the same chain`, () => {
    const spec = preset(name);
    const {spec: back} = unwrap(parseChainSpec(textOf(spec, true)));
    assert.equal(back.genesis.kind, "raw");
    assert.equal(hashOf(back), hashOf(spec));
    assert.equal(textOf(back, true), textOf(spec, true));
  });
}

test("two chains that differ in one parameter differ by hash", () => {
  const {genesis, ...head} = preset("dev");
  assert.ok(genesis.kind === "built");
  const parameters = {...genesis.parameters, minEligibleCollators: 2};
  const other: ChainSpec = {...head, genesis: {...genesis, parameters}};
  assert.notEqual(hashOf(other), hashOf(preset("dev")));
});

test("the standalone preset has no owners until it is given some", () => {
  assert.equal(presetSpec("standalone"), undefined);
  const {genesis} = preset("dev");
  assert.ok(genesis.kind === "built");
  assert.equal(presetSpec("standalone", {genesis: genesis.genesis})?.id, "khala_standalone");
});

/** The dev chain's document with one change. */
function changed(change: (document: Document) => void): string {
  const document = JSON.parse(textOf(preset("dev"), false)) as Document;
  change(document);
  return JSON.stringify(document);
}

interface Document {
  id: string;
  chainType: unknown;
  genesis: {
    raw?: unknown;
    runtimeGenesis?: {
      patch: {
        parameters: Record<string, unknown>;
        balances: {balances: [string, unknown][]};
        collatorSelection: Record<string, unknown> & {invulnerables: string[]};
        session: {keys: [string, string, {aura: string}][]};
        sudo: {key: string | null};
        [other: string]: unknown;
      };
    };
  };
}

const patchOf = (document: Document) => document.genesis.runtimeGenesis!.patch;
const BOB = "0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48";
const PATCH = "genesis.runtimeGenesis.patch";

/** `:child_storage:default:a`. */
const CHILD_ROOT = "3a6368696c645f73746f726167653a64656661756c743a61";

const FAULTS: readonly [what: string, change: (document: Document) => void, key: string][] = [
  ["an id that could leave its folder", d => (d.id = "../x"), "id"],
  ["a chain type nobody knows", d => (d.chainType = "Moon"), "chainType"],
  ["no genesis at all", d => (d.genesis = undefined as never), "genesis"],
  ["a misspelt section", d => (patchOf(d).sessoin = {}), `${PATCH}.sessoin`],
  ["a misspelt parameter", d => (patchOf(d).parameters.slot = 1), `${PATCH}.parameters.slot`],
  [
    "a parameter that is no number",
    d => (patchOf(d).parameters.sessionPeriod = "soon"),
    `${PATCH}.parameters.sessionPeriod`,
  ],
  [
    "parameters that contradict each other",
    d => (patchOf(d).parameters.kickThreshold = 41),
    `${PATCH}.parameters`,
  ],
  [
    "a negative balance",
    d => (patchOf(d).balances.balances[1]![1] = -5),
    `${PATCH}.balances.balances[1][1]`,
  ],
  [
    "a balance below the existential deposit",
    d => (patchOf(d).balances.balances[2]![1] = 5),
    `${PATCH}.balances.balances[2]`,
  ],
  [
    "an account endowed twice",
    d => patchOf(d).balances.balances.push(patchOf(d).balances.balances[0]!),
    // Every well-known account is endowed, so the repetition comes after them all.
    "",
  ],
  [
    "an address with a typing error",
    d => (patchOf(d).sudo.key = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQX"),
    `${PATCH}.sudo.key`,
  ],
  [
    "an invulnerable without session keys",
    d => patchOf(d).collatorSelection.invulnerables.push(BOB),
    `${PATCH}.collatorSelection.invulnerables[1]`,
  ],
  [
    "an invulnerable listed twice",
    d => {
      const {invulnerables} = patchOf(d).collatorSelection;
      invulnerables.push(invulnerables[0]!);
    },
    `${PATCH}.collatorSelection.invulnerables[1]`,
  ],
  [
    "nobody to author",
    d => (patchOf(d).collatorSelection.invulnerables = []),
    `${PATCH}.collatorSelection.invulnerables`,
  ],
  [
    "one session key for two accounts",
    d => patchOf(d).session.keys.push([BOB, BOB, patchOf(d).session.keys[0]![2]]),
    `${PATCH}.session.keys[1]`,
  ],
  [
    "a validator that is not its account",
    d => (patchOf(d).session.keys[0]![1] = BOB),
    `${PATCH}.session.keys[0][1]`,
  ],
  [
    "the root of a child trie",
    d => (d.genesis = {raw: {top: {[`0x${CHILD_ROOT}`]: "0x00"}}} as never),
    `genesis.raw.top.0x${CHILD_ROOT}`,
  ],
  [
    "a child trie that is no list of entries",
    d => (d.genesis = {raw: {top: {}, childrenDefault: {"0x01": "0x00"}}} as never),
    "genesis.raw.childrenDefault.0x01",
  ],
  [
    "a child trie whose name is no hex",
    d => (d.genesis = {raw: {top: {}, childrenDefault: {one: {}}}} as never),
    "genesis.raw.childrenDefault.one",
  ],
  [
    "a raw key that is no hex",
    d => (d.genesis = {raw: {top: {xyz: "0x00"}}} as never),
    "genesis.raw.top.xyz",
  ],
];

for (const [what, change, key] of FAULTS) {
  test(`${what} is refused by its key`, () => {
    const result = parseChainSpec(changed(change));
    assert.ok(!result.ok);
    assert.equal(result.error.code, "chain-spec-invalid");
    if (key !== "") assert.equal(result.error.key, key);
    else assert.match(result.error.key, /balances\.balances\[\d+\]\[0\]$/);
  });
}

test("text that is no JSON is refused as a file", () => {
  const result = parseChainSpec("{");
  assert.ok(!result.ok && result.error.key === "(file)");
});

test("balances beyond what a double holds are read without loss", () => {
  const text = changed(d => (patchOf(d).balances.balances[0]![1] = "AMOUNT")).replace(
    '"AMOUNT"',
    "240282366920938463463374607431768211455",
  );
  const {genesis} = unwrap(parseChainSpec(text)).spec;
  assert.ok(genesis.kind === "built");
  assert.equal(genesis.genesis.balances[0]![1], (1n << 128n) - 1n - 10n ** 38n);
});

test("what other nodes' specs have besides is left alone, and their genesis can be computed", () => {
  const spec = {
    name: "Other",
    id: "other",
    bootNodes: ["/ip4/1.2.3.4"],
    telemetryEndpoints: [],
    badBlocks: null,
    genesis: {raw: {top: {"0xaa": `0x${"11".repeat(32)}`}, childrenDefault: {}}},
  };
  const {spec: read} = unwrap(parseChainSpec(JSON.stringify(spec)));
  assert.deepEqual([read.protocolId, read.chainType], ["other", "Live"]);
  assert.ok(read.genesis.kind === "raw");
  assert.deepEqual([...read.genesis.top.keys()], [bytesToBinary(hex("0xaa"))]);
  assert.equal(
    bytesToHex(genesisBlock(read.genesis, 0, hashing).header.stateRoot),
    "0xf9177a87a8a8f0b05bc04eb9e889462b3c4567f09fd1cc378088e33561ce86d5",
  );
});

test("child tries of a raw spec are in its genesis, and go out again", () => {
  const raw = {
    // The shortest module there is.
    top: {"0x3a636f6465": "0x0061736d01000000", "0xaa": "0x11"},
    childrenDefault: {"0x61": {"0x01": "0x02", "0x03": `0x${"44".repeat(40)}`}},
  };
  const {spec} = unwrap(parseChainSpec(JSON.stringify({name: "A", id: "a", genesis: {raw}})));
  const {state} = unwrap(genesisToStore(spec.genesis, {hashing}));
  assert.deepEqual([...state.childNames()], ["a"]);
  assert.deepEqual(state.child("a").get("\x01"), Uint8Array.of(2));
  const root = bytesToHex(state.child("a").root());
  assert.equal(bytesToHex(state.get(":child_storage:default:a")!), root);
  assert.deepEqual(JSON.parse(textOf(spec, true)).genesis.raw, raw);
});

test("a first state without a runtime, or with one that does not say its layout, is refused before anything is kept", () => {
  const codes = [
    [undefined, /holds no runtime/],
    ["0x1122", /no readable version \(not-wasm\)/],
  ] as const;
  for (const [code, why] of codes) {
    const top = code === undefined ? {} : {"0x3a636f6465": code};
    const text = JSON.stringify({name: "A", id: "a", genesis: {raw: {top}}});
    const refused = genesisToStore(unwrap(parseChainSpec(text)).spec.genesis, {hashing});
    assert.ok(!refused.ok && refused.error.code === "chain-not-runnable");
    assert.match(refused.error.what, why);
  }
});

test("a system of version 2 lays out its first state as one of version 1 does", () => {
  // A version section: name and name, three numbers, no APIs, transaction version; the last byte is the system's.
  const stateRoots = [0, 1, 2].map(version => {
    const code =
      "0x0061736d01000000002a0f72756e74696d655f76657273696f6e" +
      `0c746f790c746f79010000000a0500000000000000010000000${version}`;
    const text = JSON.stringify({
      name: "A",
      id: "a",
      genesis: {raw: {top: {"0x3a636f6465": code}}},
    });
    const {state} = unwrap(genesisToStore(unwrap(parseChainSpec(text)).spec.genesis, {hashing}));
    const under = new Map([[":code", hex(code as `0x${string}`)]]);
    const root = (layout: 0 | 1) =>
      bytesToHex(memoryState(under, data => hashing.blake2b256(data), layout).root());
    return bytesToHex(state.root()) === root(0) ? 0 : Number(bytesToHex(state.root()) === root(1));
  });
  assert.deepEqual(stateRoots, [0, 1, 1]);
});

test("what came in goes out, readable and raw: keys of others' programs, and numbers as they were written", () => {
  const keys = fc.string({minLength: 1}).filter(key => !["genesis", "__proto__"].includes(key));
  const extra = fc.dictionary(keys, fc.jsonValue(), {maxKeys: 5});
  const known = {
    chainType: "Live",
    bootNodes: ["/ip4/1.2.3.4/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp"],
    telemetryEndpoints: [["/dns/telemetry.example.org/tcp/443/x-parity-wss/%2Fsubmit%2F", 0]],
    protocolId: null,
    properties: {ss58Format: 30, tokenDecimals: 12, tokenSymbol: "PHA", more: {a: [1]}},
    codeSubstitutes: {"1000": "0x00"},
    relay_chain: "kusama",
    para_id: 2004,
    forkBlocks: [[7, `0x${"11".repeat(32)}`]],
    badBlocks: [`0x${"22".repeat(32)}`],
    consensusEngine: null,
    lightSyncState: {grandpaAuthoritySet: "0x00"},
  };
  const {genesis: readable} = JSON.parse(textOf(preset("dev"), false));
  const {genesis: raw} = JSON.parse(textOf(preset("dev"), true));
  fc.assert(
    fc.property(extra, fc.subarray(Object.keys(known)), fc.boolean(), (others, chosen, isRaw) => {
      const picked = Object.fromEntries(chosen.map(key => [key, known[key as keyof typeof known]]));
      const head = {...others, ...picked, name: "Other", id: "other"};
      const read = parseChainSpec(JSON.stringify({...head, genesis: isRaw ? raw : readable}));
      if (!read.ok) {
        // Of the keys that mean something, made up values need not be any.
        assert.match(read.error.key, /^(chainType|bootNodes|properties|protocolId|forkId)/);
        return;
      }
      for (const asRaw of [false, true]) {
        const {genesis, ...out} = JSON.parse(textOf(read.value.spec, asRaw));
        assert.deepEqual(out, JSON.parse(JSON.stringify(head)));
        assert.deepEqual(genesis, isRaw || asRaw ? raw : readable);
      }
    }),
    {numRuns: 30},
  );
  const text = textOf(preset("dev"), true).replace(
    "{",
    '{"para_id": 12345678901234567890123, "x": 1.50,',
  );
  assert.match(
    textOf(unwrap(parseChainSpec(text)).spec, true),
    /"para_id": 12345678901234567890123,\n {2}"x": 1\.50,/,
  );
});
