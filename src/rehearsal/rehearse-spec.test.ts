import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {type ChainSpec, formatChainSpec, parseChainSpec, presetSpec} from "#chain-spec";
import {REHEARSAL_KEY} from "#primitives";
import {grandpaAuthorities} from "#runtime-api";
import {Overlay} from "#state";
import {foreignCode, UPGRADED, WITHOUT_AURA} from "../runtime/test-kit/foreign/index.ts";
import {isRehearsed, rehearseSpec} from "./rehearse-spec.ts";
import {decodeSettings} from "./settings.ts";
import {REPORT_KEY} from "./spec-head.ts";
import {
  crypto,
  firstOf,
  foreignChainSpec,
  known,
  soloChainSpec,
  tools,
  viewOf,
} from "./test-kit/foreign-chain.ts";

const {hashing} = crypto;

/** A file of the foreign chain, as another team publishes it. */
function published(): ChainSpec {
  const raw = JSON.parse(
    unwrap(formatChainSpec(foreignChainSpec(), {isRaw: true}, tools)),
  ) as object;
  const text = JSON.stringify({
    ...raw,
    chainType: "Live",
    bootNodes: ["/dns/toyland.example/tcp/30333/p2p/12D3KooW"],
    telemetryEndpoints: [["wss://telemetry.example", 0]],
    relay_chain: "paseo",
    para_id: 4518,
    forkId: "toy2",
    lightSyncState: {finalizedBlockHeader: "0x00"},
  });
  return unwrap(parseChainSpec(text)).spec;
}

function rehearsed(spec: ChainSpec, asked: Parameters<typeof rehearseSpec>[2] = {}) {
  return rehearseSpec(spec, firstOf(spec), asked, tools);
}

test("a chain spec goes out as that of another chain, with all that it said beside, and what became of it", () => {
  const {spec, report} = unwrap(rehearsed(published()));
  const text = unwrap(formatChainSpec(spec, {isRaw: true}, tools));
  const document = JSON.parse(text) as Record<string, unknown>;
  const {genesis: _, [REPORT_KEY]: kept, ...head} = document;
  assert.deepEqual(head, {
    name: "Toyland (rehearsal)",
    id: "toyland-rehearsal",
    protocolId: "toyland-rehearsal",
    chainType: "Local",
    bootNodes: [],
    telemetryEndpoints: null,
    properties: {ss58Format: 77, tokenSymbol: "TOY", tokenDecimals: 10},
    codeSubstitutes: {},
    relay_chain: "paseo",
    para_id: 4518,
    blockHashing: "blake2-256",
  });
  assert.deepEqual(kept, JSON.parse(JSON.stringify(report)));
  assert.deepEqual([report.from, report.runtime, report.made], ["toyland", "toyland 7", tools.now]);
  assert.match(
    report.notes.join(),
    /toyland 7 is the runtime that the chain began with, of mid 2023/,
  );
  const again = unwrap(parseChainSpec(text)).spec;
  assert.ok(again.genesis.kind === "raw");
  assert.deepEqual(unwrap(decodeSettings(again.genesis.top.get(REHEARSAL_KEY)!)).voters.length, 4);
});

test("a first state that the chain's own runtime builds is rehearsed too, with voters that it names itself", () => {
  const {spec, wishes} = unwrap(rehearsed(soloChainSpec(), {collators: 3}));
  assert.equal(spec.id, "toyland_solo-rehearsal");
  const {runtimeOf} = tools;
  const view = viewOf(spec.genesis);
  const host = {state: new Overlay(view), verifySignature: () => false};
  const voters = unwrap(grandpaAuthorities(unwrap(runtimeOf!(view)), host));
  assert.deepEqual(
    voters.map(([key, weight]) => [bytesToHex(key), weight]).sort(),
    wishes.collators.map(({voter}) => [bytesToHex(voter), 1n]).sort(),
  );
});

test("other code stands in the state and is named in the report", () => {
  const code = foreignCode(hashing, UPGRADED);
  const {spec, report} = unwrap(rehearsed(published(), {code}));
  assert.deepEqual(spec.genesis.top.get(":code"), code);
  assert.equal(report.runtime, "toyland 8");
  assert.match(report.notes[0]!, /the state is that of toyland 7/);
});

test("what needs no rehearsal, had one, or cannot have one is refused by a code", () => {
  const codeOf = (spec: ChainSpec, asked = {}) => {
    const refused = rehearsed(spec, asked);
    return refused.ok ? "none" : `${refused.error.code}, ${refused.error.did}`;
  };
  assert.equal(codeOf(presetSpec("dev")!), "rehearsal-not-needed, wrote nothing");
  const {top, children} = firstOf(presetSpec("dev")!);
  const raw = {...presetSpec("dev")!, genesis: {kind: "raw", top, children}} as const;
  assert.equal(codeOf(raw), "rehearsal-not-needed, wrote nothing");
  const once = unwrap(rehearsed(published())).spec;
  assert.ok(isRehearsed(once.genesis) && !isRehearsed(firstOf(published())));
  assert.equal(codeOf(once), "already-rehearsed, wrote nothing");
  assert.equal(codeOf(foreignChainSpec(WITHOUT_AURA)), "rehearsal-without-aura, wrote nothing");
  const code = foreignCode(hashing, WITHOUT_AURA);
  assert.equal(codeOf(published(), {code}), "rehearsal-without-aura, wrote nothing");
});

test("a runtime that does not see who was written for it stops the rehearsal", () => {
  const spec = foreignChainSpec();
  const {runtimeOf} = tools;
  const deaf = (state: Parameters<NonNullable<typeof runtimeOf>>[0]) => {
    const runtime = unwrap(runtimeOf!(state));
    const {version} = runtime;
    const call: typeof runtime.call = (name, args, host) =>
      name === "AuraApi_authorities"
        ? {ok: true, value: Uint8Array.of(4, ...known("Eve").sr25519)}
        : runtime.call(name, args, host);
    return {ok: true, value: {version, call}} as const;
  };
  const refused = rehearseSpec(spec, firstOf(spec), {}, {...tools, runtimeOf: deaf});
  assert.ok(!refused.ok);
  assert.equal(refused.error.code, "rehearsal-not-read-back");
  assert.match(refused.error.what, /authors/);
  const {runtimeOf: _, ...without} = tools;
  const unrun = rehearseSpec(spec, firstOf(spec), {}, without);
  assert.ok(!unrun.ok && unrun.error.code === "rehearsal-runtime-unusable");
});

test("a chain whose module makes roots by Keccak is taken to hash by it, unless the spec says otherwise", () => {
  const {runtimeOf} = tools;
  const imports = new Set(["ext_trie_keccak_256_ordered_root_version_2"]);
  const asking = (state: Parameters<NonNullable<typeof runtimeOf>>[0]) => {
    const {version, call} = unwrap(runtimeOf!(state));
    return {ok: true, value: {version, call, imports}} as const;
  };
  const settingsOf = (spec: ChainSpec) => {
    const made = unwrap(rehearseSpec(spec, firstOf(spec), {}, {...tools, runtimeOf: asking}));
    return [
      made.settings.hashing,
      made.spec.blockHashing,
      made.report.notes.join().includes("Keccak"),
    ];
  };
  assert.deepEqual(settingsOf(foreignChainSpec()), ["keccak-256", "keccak-256", true]);
  const said = {...foreignChainSpec(), blockHashing: "blake2-256"} as const;
  assert.deepEqual(settingsOf(said), ["blake2-256", "blake2-256", false]);
});
