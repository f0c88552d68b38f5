import {err, ok, type Report, type Result} from "#base";
import {withBlockHashingSaid} from "./block-hashing.ts";
import type {ChainSpec} from "./chain-spec.ts";
import {parseChainSpec, parsePatchText} from "./parse.ts";
import {checkChain} from "./presets/check-chain.ts";
import {isPreset, PRESETS, type PresetName, presetParameters} from "./presets/preset-parameters.ts";
import {presetSpec} from "./presets/preset-spec.ts";
import {withOverrides} from "./presets/with-overrides.ts";

export interface ChainChoice {
  /** A preset's name or the path of a chain-spec file. */
  readonly chain: string;
  /** `name=value` each. */
  readonly parameters: readonly string[];
  /** Path of the operator's genesis, for `standalone`. */
  readonly genesisFile?: string | undefined;
  /** What the chain hashes by, where its spec does not say it. */
  readonly blockHashing?: string | undefined;
}

export interface ChosenChain {
  readonly spec: ChainSpec;
  readonly warnings: readonly string[];
}

/** Reads a text file, or says why not. */
export type ReadText = (path: string) => Result<string, string>;

function unreadable(path: string, reason: string): Report {
  return {
    code: "chain-spec-unreadable",
    what: `${path} cannot be read`,
    facts: [["reason", reason]],
    did: "not started",
    todo: `give a preset (${PRESETS.join(", ")}) or the path of a chain-spec file`,
  };
}

/** The chain that an operator asked for, checked; a failure says which key or parameter is at fault. */
export function chooseChain(choice: ChainChoice, read: ReadText): Result<ChosenChain, Report> {
  const chosen = isPreset(choice.chain)
    ? choosePreset(choice.chain, choice, read)
    : chooseFile(choice, read);
  if (!chosen.ok || choice.blockHashing === undefined) return chosen;
  const said = withBlockHashingSaid(chosen.value.spec, choice.blockHashing);
  return said.ok ? ok({...chosen.value, spec: said.value}) : said;
}

function choosePreset(
  preset: PresetName,
  choice: ChainChoice,
  read: ReadText,
): Result<ChosenChain, Report> {
  const parameters = withOverrides(presetParameters(preset), choice.parameters);
  if (!parameters.ok) return parameters;
  if (choice.genesisFile !== undefined) {
    const text = read(choice.genesisFile);
    if (!text.ok) return err(unreadable(choice.genesisFile, text.error));
    const patch = parsePatchText(text.value, parameters.value);
    if (!patch.ok)
      return err(invalidSpec(choice.genesisFile, patch.error.key, patch.error.message));
    const {warnings, genesis, parameters: given} = patch.value;
    const spec = presetSpec(preset, {parameters: given, genesis});
    return spec === undefined ? err(genesisMissing()) : ok({spec, warnings});
  }
  const spec = presetSpec(preset, {parameters: parameters.value});
  if (spec === undefined || spec.genesis.kind !== "built") return err(genesisMissing());
  const warnings = checkChain(parameters.value, spec.genesis.genesis);
  return warnings.ok ? ok({spec, warnings: warnings.value}) : warnings;
}

function chooseFile(choice: ChainChoice, read: ReadText): Result<ChosenChain, Report> {
  const text = read(choice.chain);
  if (!text.ok) return err(unreadable(choice.chain, text.error));
  const parsed = parseChainSpec(text.value);
  if (!parsed.ok) return err(invalidSpec(choice.chain, parsed.error.key, parsed.error.message));
  const {spec, warnings} = parsed.value;
  if (choice.parameters.length === 0) return ok({spec, warnings});
  if (spec.genesis.kind !== "built") {
    const isRaw = spec.genesis.kind === "raw";
    return err({
      code: "parameter-invalid",
      what: isRaw
        ? "--param cannot change a raw chain spec"
        : "--param sets parameters of this program's own runtime, and the chain has another one",
      did: "not started",
      todo: isRaw
        ? "use the readable form, and khala build-spec --raw afterwards"
        : "change genesis.runtimeGenesis of the chain spec",
    });
  }
  const parameters = withOverrides(spec.genesis.parameters, choice.parameters);
  if (!parameters.ok) return parameters;
  const {genesis} = spec.genesis;
  const checked = checkChain(parameters.value, genesis);
  if (!checked.ok) return checked;
  const changed = {...spec, genesis: {...spec.genesis, parameters: parameters.value}};
  return ok({spec: changed, warnings: checked.value});
}

function invalidSpec(path: string, key: string, message: string): Report {
  return {
    code: "chain-spec-invalid",
    what: `${path} is not a chain spec that can be used`,
    facts: [
      ["key", key],
      ["problem", message],
    ],
    did: "not started",
    todo: "correct the key; khala build-spec --chain dev prints a spec to compare with",
  };
}

function genesisMissing(): Report {
  return {
    code: "genesis-missing",
    what: "the standalone preset has no owners of its own",
    did: "not started",
    todo: "give --genesis FILE with balances, collatorSelection, session and sudo, as in a chain spec's patch",
  };
}
