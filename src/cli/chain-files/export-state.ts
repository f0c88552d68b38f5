import {exportState} from "#node";
import {SUCCESS} from "../command.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {atDatabase, blockNamed, isRunning} from "./at-database.ts";

/** Prints the chain spec of a chain that begins where another one is. */
export async function exportingState(values: FlagValues, terminal: Terminal): Promise<number> {
  const block = blockNamed(values.positional[0]);
  const done = await atDatabase(values, terminal, (store, spec) => exportState(store, spec, block));
  if (done === "running") throw isRunning(values);
  if (typeof done === "number") return done;
  terminal.stdout(done.trimEnd());
  return SUCCESS;
}
