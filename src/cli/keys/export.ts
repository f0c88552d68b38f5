import {ok} from "#base";
import {createFile} from "#durable-file";
import {fingerprintOf, readSigned, sealKeys} from "#keystore";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row} from "../table.ts";
import {keysError} from "./keystore-errors.ts";
import {keystorePlace, refuseWhileRunning} from "./keystore-place.ts";
import {readPassphrase} from "./passphrase.ts";

/** Writes the session keys of a node into a file, sealed. */
export async function exportKeys(values: FlagValues, terminal: Terminal): Promise<number> {
  const out = values.one("out");
  if (out === undefined) {
    throw new DeskError({
      code: "flag-missing",
      what: "where to?",
      todo: "khala keys export --out FILE",
    });
  }
  const place = keystorePlace(values);
  refuseWhileRunning(place);
  const {chain, keystore, guard} = place;
  const passphrase = await readPassphrase(values, terminal);
  const signed = guard === undefined ? ok({}) : readSigned(guard);
  if (!signed.ok) throw keysError(signed.error, out);
  const backup = sealKeys({directory: keystore, chain}, signed.value, passphrase);
  if (!backup.ok) throw keysError(backup.error, out);
  writeNew(out, `${JSON.stringify(backup.value, undefined, 2)}\n`);
  const {keys} = backup.value;
  const fingerprint = fingerprintOf(keys);
  const stopped = Object.values(backup.value.stopped ?? {}).map(({what}) => what);
  answer(terminal, values, {file: out, keys, fingerprint, stopped}, [
    ...keys.map(key => row(key.type, key.public)),
    row("signed", `${Object.keys(signed.value).length} keys with what they signed last`),
    ...stopped.map(what => row("stopped", `a key goes along that signs nothing: ${what}`)),
    row("fingerprint", fingerprint),
  ]);
  terminal.stderr(`${keys.length} keys are in ${out}; without the passphrase they are lost`);
  return SUCCESS;
}

/** Never over another file: that may be the only copy of something. */
function writeNew(file: string, text: string): void {
  try {
    createFile(file, text);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new DeskError({
      code: reason === "EEXIST" ? "file-exists" : "file-unwritable",
      what: `${file} ${reason === "EEXIST" ? "is there already" : "cannot be written"}`,
      facts: [["reason", reason]],
      todo: "name another file",
    });
  }
}
