/**
 * Exports the made-up snapshot, or imports it, and says each file that is done: for tests that kill it.
 * `snapshot-crash-writer.ts export FOLDER ENTRIES`, `… import FOLDER BASE-PATH`.
 */
import {hexToBytes, unwrap} from "#base";
import {exportSnapshot, openManifest, type SnapshotProgress} from "#snapshot";
import {importSnapshot} from "./import-snapshot.ts";
import {devSpec, madeUpSource} from "./snapshot-for-tests.ts";

const [what, folder, rest] = process.argv.slice(2);
const onProgress = ({chunks}: SnapshotProgress) => void process.stdout.write(`${chunks}\n`);
if (what === "export") {
  unwrap(await exportSnapshot(await madeUpSource(Number(rest)), folder!, onProgress));
} else {
  const trusted = hexToBytes(unwrap(openManifest(folder!)).block.hash);
  const wishes = {spec: devSpec(), basePath: rest!, folder: folder!, onProgress, trusted};
  const imported = await importSnapshot({...wishes, finality: {kind: "at-once"}});
  if (!imported.ok) throw new Error(JSON.stringify(imported.error));
}
process.stdout.write("done\n");
