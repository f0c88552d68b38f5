import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {parse} from "lossless-json";
import {bytesToHex, err, ok, type Result, unwrap, utf8Bytes} from "#base";
import {decode, encode, option, result, str, unit, vec} from "#codec";
import {createPortableHashing} from "#crypto";
import type {Runtime, RuntimeFailure, RuntimeHost} from "#runtime-api";
import {firstState, formatChainSpec, parseChainSpec} from "./index.ts";
import {mergePatch} from "./merge-patch.ts";

const hashing = createPortableHashing();
const CODE = utf8Bytes("code that is none of ours");
const DEFAULT =
  '{"balances":{"balances":[],"bond":340282366920938463463374607431768211455},"sudo":"nobody"}';
const ANSWERS: Readonly<Record<string, (args: Uint8Array, host: RuntimeHost) => Uint8Array>> = {
  GenesisBuilder_preset_names: () => encode(vec(str), ["development"]),
  GenesisBuilder_get_preset(args) {
    const name = unwrap(decode(option(str), args));
    const known = {undefined: DEFAULT, development: '{"sudo":"alice"}'}[String(name)];
    return encode(option(str), known);
  },
  /** Keeps the configuration as it came, and of each account what a child trie has. */
  GenesisBuilder_build_state(args, {state}) {
    const config = unwrap(decode(str, args));
    if (config.includes("unheard"))
      return encode(result(unit, str), err("unknown field `unheard`"));
    state.set("config", utf8Bytes(config));
    state.child("own").set("a", Uint8Array.of(1));
    return encode(result(unit, str), ok(undefined));
  },
};

function runtimeOf(answers: typeof ANSWERS): Runtime {
  return {
    version: {apis: []} as unknown as Runtime["version"],
    call(name, args, host): Result<Uint8Array, RuntimeFailure> {
      const answer = answers[name];
      return answer === undefined
        ? err({code: "function-not-found", name})
        : ok(answer(args, host));
    },
  };
}

const specOf = (runtimeGenesis: string): string =>
  `{"name": "Other", "id": "other", "relay_chain": "paseo", "genesis": {"runtimeGenesis": {"code": "${bytesToHex(CODE)}", ${runtimeGenesis}}}}`;

const build = (runtimeGenesis: string, answers = ANSWERS) =>
  firstState(unwrap(parseChainSpec(specOf(runtimeGenesis))).spec.genesis, {
    hashing,
    runtimeOf: ({get}) =>
      bytesToHex(get(":code")!) === bytesToHex(CODE)
        ? ok(runtimeOf(answers))
        : err("asked with other code"),
  });

const configIn = (built: ReturnType<typeof build>) =>
  new TextDecoder().decode(unwrap(built).top.get("config")!);

test("a patch changes what the runtime has by default, and a preset's name what it has by that; numbers stay whole", () => {
  assert.equal(
    configIn(build('"patch": {"balances": {"balances": [["a", 36028797018963969]]}}')),
    '{"balances":{"balances":[["a",36028797018963969]],"bond":340282366920938463463374607431768211455},"sudo":"nobody"}',
  );
  assert.equal(
    configIn(build('"preset": "development"')),
    DEFAULT.replace('"nobody"', '"alice"'),
    "one by name is a change of the default, as upstream has it",
  );
  assert.equal(
    configIn(build('"preset": "development", "patch": {"sudo": null}')),
    DEFAULT.replace('"nobody"', "null"),
  );
  assert.equal(configIn(build('"config": {"sudo": "bob"}')), '{"sudo":"bob"}');
});

test("a first state has the code as the spec has it, child tries apart, and none of their roots", () => {
  const {top, children} = unwrap(build('"config": {}'));
  assert.deepEqual([...top.keys()].sort(), [":code", "config"]);
  assert.deepEqual(top.get(":code"), CODE);
  assert.deepEqual([...children.get("own")!], [["a", Uint8Array.of(1)]]);
});

test("modules of late 2023 have the default by another function, and no presets", () => {
  const older = {
    GenesisBuilder_create_default_config: () => encode(str, DEFAULT),
    GenesisBuilder_build_config: ANSWERS.GenesisBuilder_build_state!,
  };
  assert.match(configIn(build('"patch": {"sudo": "bob"}', older)), /"sudo":"bob"/);
  const refused = build('"preset": "development"', older);
  assert.ok(!refused.ok);
  assert.match(refused.error.what, /no configuration development/);
});

test("what a runtime refuses, lacks or does not answer is said in its own words", () => {
  const said = (built: ReturnType<typeof build>) =>
    built.ok ? "built" : `${built.error.code}: ${built.error.what}. ${built.error.todo}`;
  assert.match(
    said(build('"config": {"unheard": 1}')),
    /genesis-not-built: .*unknown field `unheard`/,
  );
  assert.match(
    said(build('"preset": "local"')),
    /no configuration local\. name one that it has: development/,
  );
  assert.match(said(build('"config": {}', {})), /from before late 2023\. .*build-spec --raw/);
  const {genesis} = unwrap(parseChainSpec(specOf('"config": {}'))).spec;
  assert.match(said(firstState(genesis, {hashing})), /nothing here runs its runtime/);
});

test("a readable spec of another runtime goes out as it came in, with all that a file has beside it", () => {
  const text = specOf('"patch": {"balances": {"bond": 340282366920938463463374607431768211455}}');
  const {spec} = unwrap(parseChainSpec(text));
  const back = unwrap(formatChainSpec(spec, {isRaw: false}, {hashing}));
  assert.deepEqual(parse(back), parse(text));
});

test("a form that cannot be read says which key is wrong, and of the old one what to do", () => {
  const keyOf = (text: string) => {
    const parsed = parseChainSpec(text);
    return parsed.ok ? "read" : `${parsed.error.key}: ${parsed.error.message}`;
  };
  assert.match(keyOf(specOf('"patches": {}')), /^genesis\.runtimeGenesis\.patches: unknown key/);
  assert.match(
    keyOf(specOf('"config": {}, "patch": {}')),
    /^genesis\.runtimeGenesis\.config: is all of it/,
  );
  assert.match(keyOf(specOf('"patch": []')), /^genesis\.runtimeGenesis\.patch: expected an object/);
  assert.match(
    keyOf('{"name": "Old", "id": "old", "genesis": {"runtime": {"system": {}}}}'),
    /^genesis: the form of before 2024, .*build-spec --raw/,
  );
});

test("a patch laid over a value a second time changes nothing more", () => {
  const json = fc.jsonValue({maxDepth: 3});
  fc.assert(
    fc.property(json, json, (value, patch) => {
      const once = mergePatch(value, patch);
      assert.deepEqual(mergePatch(once, patch), once);
    }),
  );
  assert.deepEqual(mergePatch({a: {b: 1, c: [1]}, d: 2}, {a: {c: [], e: null}}), {
    a: {b: 1, c: [], e: null},
    d: 2,
  });
});
