import {askStatus} from "../collator/check-node.ts";
import {SUCCESS} from "../command.ts";
import type {NodeLink} from "../desk/node-link.ts";
import type {KeysHeldJson} from "../desk/status-json.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row, table} from "../table.ts";
import {CONFIRMATION} from "./resume.ts";

/** As `collator status`: there is something to do. */
const ACT = 3;

/** The keys on the chain, now and later, beside the keystore. */
export async function keysStatus(
  link: NodeLink,
  values: FlagValues,
  terminal: Terminal,
): Promise<number> {
  const {account, keys, stoppedKeys, authorsFrom} = await askStatus(link);
  const isWell = keys !== undefined && keys.verdict !== "mismatch" && stoppedKeys.length === 0;
  const code = isWell ? SUCCESS : ACT;
  if (values.has("json")) {
    terminal.stdout(JSON.stringify({account: account ?? null, keys: keys ?? null, stoppedKeys}));
    return code;
  }
  for (const {keyType, publicKey, what} of stoppedKeys) {
    terminal.stdout(
      row("stopped", `${keyType} ${publicKey}: another node signs with it (${what})`),
    );
    terminal.stdout(
      row("do", `stop that node, then khala keys resume ${publicKey} --${CONFIRMATION}`),
    );
  }
  if (keys === undefined) {
    terminal.stdout("No key in this node's keystore is known to the chain.");
    terminal.stdout(row("do", "khala collator join, or khala keys rotate and register them"));
    return code;
  }
  const cells = (when: string, held: KeysHeldJson | undefined) =>
    held === undefined ? [when, "none", ""] : [when, held.keys, held.isHeld ? "yes" : "NO"];
  const rows = [
    cells("active now", keys.now),
    cells("next session", keys.queued),
    cells("registered", keys.next),
  ];
  const headline = stoppedKeys.length > 0 ? "stopped" : keys.verdict;
  terminal.stdout(`${headline}: ${keys.sentence}`);
  terminal.stdout(row("account", account ?? "none"));
  if (authorsFrom !== undefined) {
    terminal.stdout(row("from", `session ${authorsFrom.session} on, block ${authorsFrom.block}`));
  }
  for (const line of table(["when", "on the chain", "in the keystore"], rows, {
    columns: terminal.columns,
  })) {
    terminal.stdout(line);
  }
  return code;
}
