import assert from "node:assert/strict";
import {test} from "node:test";
import {parse} from "lossless-json";
import {bytesToBinary, bytesToHex, concatBytes, err, ok, unwrap, utf8Bytes} from "#base";
import {bytes, decode, encode} from "#codec";
import {createPortableHashing} from "#crypto";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {parseChainSpec} from "./parse.ts";
import {buildWithRuntime, merged, type RuntimeGenesis} from "./runtime-genesis.ts";

const hashing = createPortableHashing();
const CODE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const OWN =
  '{"system":{},"balances":{"balances":[],"devAccounts":null},"big":18446744073709551616}';

const text = (of: string) => encode(bytes, utf8Bytes(of));

/** A runtime that writes the JSON it is given under a key of its own; `old`: by the names of the API's first months. */
function builder({old = false, refuses = ""} = {}): Runtime {
  const names = old
    ? {default: "GenesisBuilder_create_default_config", build: "GenesisBuilder_build_config"}
    : {default: "GenesisBuilder_get_preset", build: "GenesisBuilder_build_state"};
  return {
    version: {stateVersion: 1},
    call(name: string, args: Uint8Array, {state}: RuntimeHost) {
      if (name === names.default)
        return ok(old ? text(OWN) : concatBytes(Uint8Array.of(1), text(OWN)));
      if (name !== names.build) return err({code: "function-not-found", name});
      if (refuses !== "") return ok(concatBytes(Uint8Array.of(1), text(refuses)));
      state.set("config", unwrap(decode(bytes, args)));
      state.child("c").set("k", Uint8Array.of(7));
      return ok(Uint8Array.of(0));
    },
  } as unknown as Runtime;
}

const patch = (json: string): RuntimeGenesis => ({code: CODE, kind: "patch", json: parse(json)});

test("a patch is merged into the runtime's own configuration, whose numbers stay as they were written", () => {
  const wanted = patch(
    '{"balances":{"balances":[["5F",340282366920938463463374607431768211455]]}}',
  );
  for (const old of [false, true]) {
    const {top, children} = unwrap(buildWithRuntime(wanted, builder({old}), hashing));
    assert.equal(
      bytesToBinary(top.get("config")!),
      '{"system":{},"balances":{"balances":[["5F",340282366920938463463374607431768211455]],"devAccounts":null},"big":18446744073709551616}',
    );
    assert.deepEqual(top.get(":code"), CODE);
    assert.deepEqual([...children], [["c", new Map([["k", Uint8Array.of(7)]])]]);
    assert.deepEqual([...top.keys()].sort(), [":code", "config"]);
  }
});

test("a whole configuration is given as it is", () => {
  const whole: RuntimeGenesis = {code: CODE, kind: "config", json: parse('{"only":1}')};
  const {top} = unwrap(buildWithRuntime(whole, builder(), hashing));
  assert.equal(bytesToBinary(top.get("config")!), '{"only":1}');
});

test("objects are merged, and anything else takes the place of what was there", () => {
  const base = {a: {b: 1, c: [1, 2]}, d: 5};
  assert.deepEqual(merged(base, {a: {c: [3]}, d: null, e: {}}), {
    a: {b: 1, c: [3]},
    d: null,
    e: {},
  });
  assert.deepEqual(merged({a: {b: 1}}, {a: 7}), {a: 7});
  assert.deepEqual(merged({a: 7}, {a: {b: 1}}), {a: {b: 1}});
  assert.deepEqual(merged({}, parse('{"__proto__":{"x":1}}')), parse('{"__proto__":{"x":1}}'));
});

test("why a runtime builds nothing is said in its words", () => {
  const refused = buildWithRuntime(patch("{}"), builder({refuses: "no such account"}), hashing);
  assert.deepEqual(refused, err("the runtime refuses the genesis: no such account"));
  const unable = {
    version: {stateVersion: 0},
    call: (name: string) => err({code: "function-not-found", name}),
  };
  const none = buildWithRuntime(patch("{}"), unable as unknown as Runtime, hashing);
  assert.ok(!none.ok && /GenesisBuilder/.test(none.error));
});

const spec = (genesis: object) =>
  JSON.stringify({name: "Other", id: "other", chainType: "Live", genesis, relay_chain: "kusama"});

test("a readable spec of another runtime is raw once it is read, with all that stands beside its genesis", () => {
  const asked: RuntimeGenesis[] = [];
  const text = spec({runtimeGenesis: {code: bytesToHex(CODE), patch: {a: 1}}});
  const {spec: read} = unwrap(
    parseChainSpec(text, genesis => {
      asked.push(genesis);
      return ok({kind: "raw", top: new Map([["k", CODE]]), children: new Map()});
    }),
  );
  assert.deepEqual([read.genesis.kind, asked[0]?.kind, asked[0]?.code], ["raw", "patch", CODE]);
  assert.equal(read.document?.relay_chain, "kusama");
});

test("without somebody to build it, or with nothing to build it of, or of an old form, it is refused by its key", () => {
  const keyOf = (genesis: object, build?: Parameters<typeof parseChainSpec>[1]) => {
    const read = parseChainSpec(spec(genesis), build);
    return read.ok ? "" : `${read.error.key}: ${read.error.message}`;
  };
  const code = bytesToHex(CODE);
  assert.match(keyOf({runtimeGenesis: {code, patch: {}}}), /^genesis.runtimeGenesis: .*raw form/);
  const failing = () => err("the runtime refuses the genesis: no");
  assert.match(keyOf({runtimeGenesis: {code, patch: {}}}, failing), /refuses the genesis: no/);
  assert.match(keyOf({runtimeGenesis: {code}}, failing), /expected patch or config/);
  assert.match(keyOf({runtime: {system: {}}}), /^genesis.runtime: .*build-spec --raw/);
});
