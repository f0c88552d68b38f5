import {type BinaryString, bytesToHex, invariant, unwrap} from "#base";
import type {Hashing} from "#crypto";
import {
  type ChainDescription,
  encodeCall,
  findCall,
  findItem,
  storageKey,
  valueFromJson,
} from "#description";

/** One call of an upgrade. */
export interface UpgradeStep {
  /** `ParachainSystem.authorize_upgrade` */
  readonly call: string;
  readonly encoded: Uint8Array;
  /** Root's, or anybody's without a signature. */
  readonly by: "root" | "anybody";
}

/** Ways of a runtime to new code, the one that live chains go first: from late 2023 on, before, and where there is no other. */
const WAYS = [
  ["System.authorize_upgrade", "System.apply_authorized_upgrade"],
  ["ParachainSystem.authorize_upgrade", "ParachainSystem.enact_authorized_upgrade"],
] as const;

/**
 * What the first of two steps leaves in the state: for chains where root speaks by a relay chain's message alone, and nobody here
 * can say what root says. Undefined where the runtime keeps it in no form that is known.
 */
export function authorization(
  description: ChainDescription,
  code: Uint8Array,
  hashing: Hashing,
): readonly [BinaryString, Uint8Array] | undefined {
  const codeHash = bytesToHex(hashing.blake2b256(code));
  for (const name of ["System.AuthorizedUpgrade", "ParachainSystem.AuthorizedUpgrade"]) {
    const item = findItem(description, name);
    const key = item && storageKey(item, [], hashing);
    if (item === undefined || !key?.ok) continue;
    // With the question whether the version has to rise since 2023, and the hash alone before.
    for (const json of [{codeHash, checkVersion: true}, codeHash]) {
      const value = valueFromJson(item.value, json);
      if (value.ok) return [key.value, value.value];
    }
  }
  return undefined;
}

/** The calls that upgrade the chain of a description to this code, in their order. */
export function upgradeSteps(
  description: ChainDescription,
  code: Uint8Array,
  hashing: Pick<Hashing, "blake2b256">,
): readonly UpgradeStep[] {
  const step = (call: string, by: UpgradeStep["by"], all: Readonly<Record<string, unknown>>) => {
    const fields = findCall(description, call)?.variant.fields ?? [];
    const names = fields.map(({name = ""}) => name);
    const args = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
    return {call, by, encoded: unwrap(encodeCall(description, {call, args}))};
  };
  const way = WAYS.find(calls => calls.every(call => findCall(description, call) !== undefined));
  if (way === undefined) {
    invariant(findCall(description, "System.set_code") !== undefined, "every runtime has it");
    return [step("System.set_code", "root", {code})];
  }
  const [authorize, enact] = way;
  return [
    step(authorize, "root", {code_hash: hashing.blake2b256(code), check_version: true}),
    step(enact, "anybody", {code}),
  ];
}
