import {hex} from "#base";

/** Metadata of runtimes built from Rust, as a package that tests of clients are made with carries them. */
export const GENUINE = [
  ["v13", "substrate"],
  ["v13", "polkadot"],
  ["v13", "kusama"],
  ["v14", "substrate-contracts-node"],
  ["v14", "polkadot"],
  ["v14", "kusama"],
  ["v14", "substrate"],
  ["v15", "polkadot"],
  ["v15", "asset-hub-polkadot"],
  ["v15", "substrate"],
  ["v16", "substrate"],
] as const;

export async function genuineMetadata([version, chain]: (typeof GENUINE)[number]) {
  const path = `@polkadot/types-support/metadata/${version}/${chain}-hex`;
  const {default: text} = (await import(path)) as {default: string};
  return hex(text);
}
