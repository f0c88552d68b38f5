import {createNativeCrypto} from "#crypto-native";
import {importTrial} from "#node";
import {type Finding, levelOf} from "./finding.ts";
import type {Patient} from "./patient.ts";

const BLOCKS = 100;
/** A block as full as those of a busy hour. */
const TRANSACTIONS = 20;
/** Importing may take this share of a slot: the rest is for making blocks, for votes, for clients. */
const GOOD_SHARE = 0.1;
const BAD_SHARE = 0.5;

/** The chain's own work on this machine: blocks made in memory, imported, and timed. */
export async function checkWork({slotDuration}: Patient): Promise<Finding> {
  const wanted = {blocks: BLOCKS, transactionsEach: TRANSACTIONS};
  const trial = await importTrial(await createNativeCrypto(), wanted, () => performance.now());
  const check = `${BLOCKS} blocks`;
  if (!trial.ok) {
    const todo = "please report it";
    return {check, level: "bad", what: `the trial failed: ${trial.error}`, todo};
  }
  const {total, slowest} = trial.value;
  const each = total / BLOCKS;
  const level = levelOf(each / slotDuration, GOOD_SHARE, BAD_SHARE);
  const what =
    `${each.toFixed(1)} ms to import one of ${TRANSACTIONS} transfers, the slowest ${slowest.toFixed(0)} ms; ` +
    `${((100 * each) / slotDuration).toFixed(1)} % of a slot of ${slotDuration} ms`;
  if (level === "ok") return {check, level, what};
  return {check, level, what, todo: "use a faster machine, or leave this one to the node alone"};
}
