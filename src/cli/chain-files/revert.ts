import {bytesToHex, counted} from "#base";
import {revertBlocks} from "#node";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row} from "../table.ts";
import {atDatabase, countNamed, isRunning} from "./at-database.ts";

/** Substrate's. */
const STANDARD = 256;

/** Takes back blocks that are not final, and says where that ends. */
export async function reverting(values: FlagValues, terminal: Terminal): Promise<number> {
  const count = countNamed("revert", values.positional[0], STANDARD);
  const done = await atDatabase(values, terminal, store => revertBlocks(store, count));
  if (done === "running") throw isRunning(values);
  if (typeof done === "number") return done;
  const {reverted, others, best, finalized} = done;
  const facts = {
    reverted,
    others,
    best: {number: best.number, hash: bytesToHex(best.hash)},
    finalized: {number: finalized.number, hash: bytesToHex(finalized.hash)},
  };
  const isShort = reverted < count;
  answer(terminal, values, facts, [
    reverted === 0 ? "there are no blocks to revert" : `reverted ${counted(reverted, "block")}`,
    row("best", `block ${best.number}, ${bytesToHex(best.hash)}`),
    ...(others === 0
      ? []
      : [row("forks", `${counted(others, "block of others", "blocks of others")} went with them`)]),
    ...(isShort
      ? [row("final", `block ${finalized.number}: what is final cannot be reverted`)]
      : []),
  ]);
  return SUCCESS;
}
