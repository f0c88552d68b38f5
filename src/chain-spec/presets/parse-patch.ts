import {bytesToHex} from "#base";
import {
  checkBalances,
  checkParameters,
  type KhalaGenesis,
  type Parameters,
  PRESET_PARAMETERS,
} from "#runtime";
import type {JsonReader} from "../json-reader.ts";
import {PARAMETER_TABLE} from "./parameter-table.ts";

const SECTIONS = ["parameters", "balances", "collatorSelection", "session", "sudo"];

/** These two are upstream's `collatorSelection` keys; they travel with the parameters in state. */
const SELECTION_PARAMETERS: readonly string[] = ["candidacyBond", "desiredCandidates"];

/** Reads `runtimeGenesis.patch`, upstream's names for what upstream has; `defaults` fill the parameters left out: the standalone preset's. */
export function parsePatch(
  patch: JsonReader,
  defaults: Parameters = PRESET_PARAMETERS.standalone,
): {parameters: Parameters; genesis: KhalaGenesis; warnings: string[]} {
  patch.onlyKeys(SECTIONS);
  const selection = patch.child("collatorSelection");
  const parameters = readParameters(patch, defaults);
  const genesis: KhalaGenesis = {
    balances: readBalances(patch.child("balances")),
    invulnerables: selection.present
      ? selection
          .child("invulnerables")
          .list()
          .map(item => item.account())
      : patch.fail("collatorSelection.invulnerables is missing: somebody must author"),
    sessionKeys: readKeys(patch.child("session")),
    sudo: readSudo(patch.child("sudo")),
  };
  const warnings = checkGenesis(patch, parameters, genesis);
  return {parameters, genesis, warnings};
}

function readParameters(patch: JsonReader, defaults: Parameters): Parameters {
  const section = patch.child("parameters");
  const selection = patch.child("collatorSelection");
  const read: Record<string, unknown> = {};
  const names = PARAMETER_TABLE.map(({key}) => key as string).filter(
    key => !SELECTION_PARAMETERS.includes(key),
  );
  if (section.present) section.onlyKeys(names);
  if (selection.present) selection.onlyKeys(["invulnerables", ...SELECTION_PARAMETERS]);
  for (const {key, parse} of PARAMETER_TABLE) {
    const from = SELECTION_PARAMETERS.includes(key) ? selection : section;
    if (!from.present) continue;
    const item = from.child(key);
    if (!item.present) continue;
    const value = parse(item.digits());
    read[key] = value.ok ? value.value : item.fail(`expected ${value.error}`);
  }
  return {...defaults, ...read};
}

function readBalances(section: JsonReader): KhalaGenesis["balances"] {
  if (!section.present) return [];
  section.onlyKeys(["balances"]);
  const seen = new Set<string>();
  return section
    .child("balances")
    .list()
    .map(pair => {
      const [who, amount, ...rest] = pair.list();
      if (who === undefined || amount === undefined || rest.length > 0) {
        return pair.fail("expected [account, balance]");
      }
      const account = who.account();
      const name = bytesToHex(account);
      if (seen.has(name)) who.fail("this account is endowed twice");
      seen.add(name);
      return [account, amount.balance()] as const;
    });
}

function readKeys(section: JsonReader): KhalaGenesis["sessionKeys"] {
  if (!section.present) return [];
  section.onlyKeys(["keys"]);
  return section
    .child("keys")
    .list()
    .map(triple => {
      const [account, validator, keys] = triple.list();
      if (account === undefined || validator === undefined || keys === undefined) {
        return triple.fail("expected [account, validator, {aura, grandpa}]");
      }
      keys.onlyKeys(["aura", "grandpa"]);
      const who = account.account();
      if (bytesToHex(who) !== bytesToHex(validator.account())) {
        validator.fail("an account and its validator are the same on this chain");
      }
      const aura = keys.child("aura").account();
      return [who, {aura, grandpa: keys.child("grandpa").account()}] as const;
    });
}

function readSudo(section: JsonReader): Uint8Array | undefined {
  if (!section.present) return undefined;
  section.onlyKeys(["key"]);
  const key = section.child("key");
  return key.present ? key.account() : undefined;
}

/** What genesis would refuse, refused here by the name of its key; returns what is only unwise. */
function checkGenesis(patch: JsonReader, parameters: Parameters, genesis: KhalaGenesis): string[] {
  const at = patch.child("collatorSelection").child("invulnerables");
  const keyed = new Set(genesis.sessionKeys.map(([account]) => bytesToHex(account)));
  const endowed = new Set(genesis.balances.map(([account]) => bytesToHex(account)));
  if (genesis.invulnerables.length === 0) at.fail("empty: somebody must author");
  const seen = new Set<string>();
  genesis.invulnerables.forEach((account, i) => {
    const item = at.list()[i]!;
    const name = bytesToHex(account);
    if (seen.has(name)) item.fail("listed twice");
    seen.add(name);
    if (!keyed.has(name)) item.fail("has no entry in session.keys");
    if (!endowed.has(name)) item.fail("has no balance: an authority must be funded");
  });
  const owners = new Set<string>();
  genesis.sessionKeys.forEach(([, keys], i) => {
    const item = patch.child("session").child("keys").list()[i]!;
    for (const kind of ["aura", "grandpa"]) {
      const name = `${kind} ${bytesToHex(keys[kind]!)}`;
      if (owners.has(name)) item.fail(`another account has the same ${kind} key`);
      owners.add(name);
    }
  });
  const excess = checkBalances(genesis, parameters.existentialDeposit);
  if (excess !== undefined) {
    const list = patch.child("balances").child("balances");
    (excess.index === undefined ? list : list.list()[excess.index]!).fail(excess.message);
  }
  const findings = checkParameters(parameters, genesis.invulnerables.length);
  for (const {severity, parameter, message} of findings) {
    if (severity === "error") patch.child("parameters").fail(`${parameter} ${message}`);
  }
  return findings.map(({parameter, message}) => `${parameter}: ${message}`);
}
