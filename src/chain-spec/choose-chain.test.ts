import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import {PRESET_PARAMETERS} from "#runtime";
import {
  type ChainChoice,
  chooseChain,
  formatChainSpec,
  overrideParameters,
  PARAMETER_TABLE,
  presetSpec,
} from "./index.ts";

const {dev} = PRESET_PARAMETERS;
const override = (...texts: string[]) => overrideParameters(dev, texts);

test("parameters are set by flag or by name, with units or without", () => {
  const changed = unwrap(
    override("slot=2s", "sessionPeriod=100", "bond=0.5PHA", "ed=1000", "fees=burn"),
  );
  assert.deepEqual(changed, {
    ...dev,
    slotDuration: 2_000n,
    sessionPeriod: 100,
    kickThreshold: 100,
    candidacyBond: 500_000_000_000n,
    existentialDeposit: 1_000n,
    feeSink: "Burn",
  });
});

test("the kick threshold follows the session unless it is set itself", () => {
  assert.equal(unwrap(override("session=10")).kickThreshold, 10);
  assert.equal(unwrap(override("session=10", "kick=30")).kickThreshold, 30);
  assert.equal(unwrap(override("kick=80")).sessionPeriod, dev.sessionPeriod);
});

test("a misspelt parameter is answered with the nearest name, a strange one without", () => {
  const nearest = (text: string) => {
    const result = override(text);
    assert.ok(!result.ok && result.error.code === "parameter-unknown");
    return result.error.nearest;
  };
  assert.equal(nearest("sesion=5"), "session");
  assert.equal(nearest("minEligibleColators=5"), "minEligibleCollators");
  assert.equal(nearest("blockchain=5"), undefined);
});

test("a parameter without a value, or with one of another kind, is refused", () => {
  for (const text of [
    "session",
    "session=",
    "session=-1",
    "session=1.5",
    "session=1e3",
    "session=4294967296",
    "slot=1h",
    "bond=1DOT",
    "fees=me",
  ]) {
    const result = override(text);
    assert.ok(!result.ok && result.error.code === "parameter-invalid", text);
  }
});

test("every parameter is read back from the text it is shown as", () => {
  for (const preset of Object.values(PRESET_PARAMETERS)) {
    for (const {key, parse, format} of PARAMETER_TABLE) {
      assert.deepEqual(parse(format(preset[key])), ok(preset[key]), key);
    }
  }
});

const noFiles = () => err("no such file");
const choose = (
  choice: Partial<ChainChoice>,
  read: (path: string) => ReturnType<typeof noFiles> | {ok: true; value: string} = noFiles,
) => chooseChain({chain: "dev", parameters: [], ...choice}, read);
const codeOf = (...args: Parameters<typeof choose>) => {
  const result = choose(...args);
  return result.ok ? result.value.spec.id : result.error.code;
};

/** The dev chain as a file, readable or raw. */
function devFile(isRaw: boolean): () => {ok: true; value: string} {
  const spec = presetSpec("dev")!;
  const value = unwrap(formatChainSpec(spec, {isRaw}, {hashing: createPortableHashing()}));
  return () => ({ok: true, value});
}

test("a preset is chosen by name, with its parameters changed", () => {
  const {spec} = unwrap(choose({parameters: ["min=2"]}));
  assert.ok(spec.genesis.kind === "built");
  assert.equal(spec.genesis.parameters.minEligibleCollators, 2);
  assert.equal(codeOf({chain: "local"}), "khala_local");
});

test("any other name is a file's", () => {
  assert.equal(codeOf({chain: "spec.json"}), "chain-spec-unreadable");
  assert.equal(
    codeOf({chain: "spec.json"}, () => ok("[]")),
    "chain-spec-invalid",
  );
  assert.equal(codeOf({chain: "spec.json"}, devFile(false)), "khala_dev");
  assert.equal(codeOf({chain: "spec.json"}, devFile(true)), "khala_dev");
});

test("parameters change a readable file and never a raw one", () => {
  const {spec} = unwrap(choose({chain: "a.json", parameters: ["session=80"]}, devFile(false)));
  assert.ok(spec.genesis.kind === "built");
  assert.equal(spec.genesis.parameters.kickThreshold, 80);
  assert.equal(
    codeOf({chain: "a.json", parameters: ["session=80"]}, devFile(true)),
    "parameter-invalid",
  );
});

test("parameters that contradict each other are refused, and those that surprise are warned of", () => {
  assert.equal(codeOf({parameters: ["slot=3"]}), "parameter-invalid");
  assert.equal(codeOf({parameters: ["sloth=3"]}), "parameter-unknown");
  const {warnings} = unwrap(choose({parameters: ["session=10"]}));
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, /^kickThreshold: /);
});

test("the standalone chain wants its owners' genesis", () => {
  assert.equal(codeOf({chain: "standalone"}), "genesis-missing");
  const patch = JSON.stringify(
    (JSON.parse(devFile(false)().value) as {genesis: {runtimeGenesis: {patch: object}}}).genesis
      .runtimeGenesis.patch,
  );
  const choice = {chain: "standalone", genesisFile: "genesis.json"};
  assert.equal(codeOf(choice), "chain-spec-unreadable");
  assert.equal(
    codeOf(choice, () => ok("{}")),
    "chain-spec-invalid",
  );
  assert.equal(
    codeOf(choice, () => ok(patch)),
    "khala_standalone",
  );
});
