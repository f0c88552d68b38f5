import {ok} from "#base";
import {fingerprintOf, openBackup, parseBackup, restoreKeys, takeSigned} from "#keystore";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {ask} from "../question.ts";
import {row} from "../table.ts";
import {keysError} from "./keystore-errors.ts";
import {keystorePlace, readFile, refuseWhileRunning} from "./keystore-place.ts";
import {openKeystore} from "./open-keystore.ts";
import {readPassphrase} from "./passphrase.ts";

/** Puts the keys of a file into a keystore, once it is sure that nobody else goes on signing with them. */
export async function importKeys(values: FlagValues, terminal: Terminal): Promise<number> {
  const [file] = values.positional;
  if (file === undefined) {
    throw new DeskError({
      code: "argument-missing",
      what: "which file?",
      todo: "khala keys import FILE",
    });
  }
  const backup = parseBackup(readFile(file));
  if (!backup.ok) throw keysError(backup.error, file);
  const place = keystorePlace(values);
  refuseOtherChain(backup.value.chain, place.chain);
  refuseWhileRunning(place);
  const {keys} = backup.value;
  const fingerprint = fingerprintOf(keys);
  // Before anything is asked: whoever answers sees which keys these are.
  for (const key of keys) terminal.stderr(row(key.type, key.public));
  terminal.stderr(row("fingerprint", fingerprint));
  await askWhetherOff(values);
  const passphrase = await readPassphrase(values, terminal);
  const opened = openBackup(backup.value, passphrase);
  if (!opened.ok) throw keysError(opened.error, file);
  const keystore = await openKeystore(place);
  // First: a key must not be usable for a moment before it is known what it signed.
  const taken = place.guard === undefined ? ok() : takeSigned(place.guard, opened.value.signed);
  if (!taken.ok) throw keysError(taken.error, file);
  const restored = restoreKeys(opened.value, keystore);
  if (!restored.ok) throw keysError(restored.error, file);
  const stopped = Object.values(opened.value.stopped).map(({what}) => what);
  answer(terminal, values, {keystore: place.keystore, keys, fingerprint, stopped}, [
    ...stopped.map(what => row("stopped", `a key signs nothing until khala keys resume: ${what}`)),
    `${keys.length} keys are in ${place.keystore}; the node finds them when it is started`,
  ]);
  return SUCCESS;
}

/** What keys signed on one chain says nothing of another, and there nobody knows them. */
function refuseOtherChain(theirs: string | null, ours: string | null): void {
  if (theirs === null || ours === null || theirs === ours) return;
  throw new DeskError({
    code: "backup-other-chain",
    what: "these are keys of another chain",
    facts: [
      ["backup", theirs],
      ["--chain", ours],
    ],
    todo: "name the chain that they are for, or use another backup",
  });
}

/** Two nodes with the same keys sign different blocks for one slot, which anybody can prove. */
async function askWhetherOff(values: FlagValues): Promise<void> {
  if (values.has("yes")) return;
  const refusal = new DeskError({
    code: "old-node-unconfirmed",
    what: "two nodes with the same keys would sign twice for one slot",
    todo: "stop the node that had these keys and see to it that it stays off, then say --yes",
  });
  if (!process.stdin.isTTY) throw refusal;
  const answer = await ask("Is the node that had these keys off, and will it stay off? (yes/no) ");
  if (answer?.trim().toLowerCase() !== "yes") throw refusal;
}
