import {formatReport} from "#base";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {openManifest, verifySnapshot} from "#snapshot";
import {answer} from "../answer.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {manifestFacts, manifestLines} from "./describe.ts";
import {tellProgress} from "./progress.ts";

/** Checks a snapshot file by file. */
export async function verifying(values: FlagValues, terminal: Terminal): Promise<number> {
  const folder = values.positional[0]!;
  const manifest = openManifest(folder);
  if (!manifest.ok) {
    terminal.stderr(formatReport(manifest.error));
    return FAILURE;
  }
  const {blockHashing} = manifest.value.chain;
  const {hashing} = withBlockHashing(await createNativeCrypto(), blockHashing);
  const verified = await verifySnapshot(folder, hashing, tellProgress(terminal, "verifying"));
  if (!verified.ok) {
    terminal.stderr(formatReport(verified.error));
    return FAILURE;
  }
  answer(terminal, values, {...manifestFacts(folder, manifest.value), isGood: true}, [
    ...manifestLines(folder, manifest.value),
    "  every file is what was exported, and every key is that of the state",
  ]);
  return SUCCESS;
}
