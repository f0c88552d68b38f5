import {formatReport} from "#base";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {openManifest, verifySnapshot} from "#snapshot";
import {answer} from "../answer.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {manifestLines, readFacts} from "./describe.ts";
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
  answer(terminal, values, {...readFacts(folder, manifest.value), isGood: true}, [
    ...manifestLines(folder, manifest.value, true),
    "  every file is what the manifest says, and every key and the code are those of the state",
  ]);
  return SUCCESS;
}
