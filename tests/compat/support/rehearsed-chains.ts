import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {basename, join} from "node:path";
import {bytesToHex, type Hex, unwrap} from "#base";
import {parseChainSpec} from "#chain-spec";
import {CODE_KEY} from "#primitives";
import {knownChain} from "../../genuine/support/known-specs.ts";
import {statemine901} from "../../genuine/support/statemine-901.ts";
import {temporaryFolder} from "../../support/temporary-folder.ts";
import {genuineSpecs} from "./genuine-specs.ts";

export interface RehearsedChain {
  readonly name: string;
  /** Its chain spec, as it was published. */
  readonly file: string;
}

async function statemineFile(): Promise<string> {
  const file = join(await temporaryFolder("rehearsed"), "statemine.json");
  writeFileSync(file, await knownChain("rococo_v2_2_asset_hub"));
  return file;
}

/** Statemine 900, of 2023, whose spec an npm package has, and what else is at hand. */
export async function rehearsedChains(): Promise<readonly RehearsedChain[]> {
  const genuine = genuineSpecs();
  if (genuine.length === 0)
    process.stdout.write("KHALA_GENUINE names no folder with genuine runtimes\n");
  return [await statemineFile(), ...genuine].map(file => ({name: basename(file, ".json"), file}));
}

/** Chains with the code that they go over to: statemine's next one, and rhala from 1180 to 1241 where both are at hand. */
export async function rehearsedUpgrades(): Promise<readonly (RehearsedChain & {code: Hex})[]> {
  const statemine = await statemineFile();
  const known = {
    name: "statemine 900 to 901",
    file: statemine,
    code: bytesToHex(statemine901(codeOf(statemine))),
  };
  const folder = process.env.KHALA_GENUINE ?? "";
  const [old, later] = [join(folder, "rhala-1180.json"), join(folder, "rhala.json")];
  if (!existsSync(old) || !existsSync(later)) return [known];
  return [known, {name: "rhala 1180 to 1241", file: old, code: bytesToHex(codeOf(later))}];
}

function codeOf(file: string): Uint8Array {
  const {genesis} = unwrap(parseChainSpec(readFileSync(file, "utf8"))).spec;
  const code = genesis.kind === "raw" ? genesis.top.get(CODE_KEY) : undefined;
  if (code === undefined) throw new Error(`${file} has no code`);
  return code;
}
