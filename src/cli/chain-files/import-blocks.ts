import {existsSync} from "node:fs";
import {counted, formatReport, silentLogger} from "#base";
import {faultOfFirst, importBlocks, inMemoryNode, quietly, startNode} from "#node";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {finalityOf} from "../finality-flag.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row} from "../table.ts";

/** Has a node without peers take in the blocks of a file. */
export async function importingBlocks(values: FlagValues, terminal: Terminal): Promise<number> {
  const file = values.positional[0]!;
  if (!existsSync(file)) {
    throw new DeskError({
      code: "file-missing",
      what: `there is no file ${file}`,
      todo: "name another",
    });
  }
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  const finality = finalityOf(values);
  const fault = faultOfFirst(file);
  if (fault !== undefined) {
    terminal.stderr(formatReport(fault));
    return FAILURE;
  }
  const alone = inMemoryNode({spec: chosen.value.spec, devKeys: [], name: "import-blocks"});
  const started = await startNode(
    {
      ...alone,
      inMemory: false,
      basePath: basePathOf(values),
      collator: false,
      ...(finality === undefined ? {} : {finality}),
    },
    {...quietly, logger: silentLogger},
  );
  if (!started.ok) {
    terminal.stderr(started.error);
    return FAILURE;
  }
  const node = started.value;
  try {
    const done = await importBlocks(node, file, (count, height) =>
      terminal.progress?.(`importing: ${counted(count, "block")}, at ${height}`, "importing"),
    );
    if (!done.ok) {
      terminal.stderr(formatReport(done.error));
      return FAILURE;
    }
    const {imported, known, best, finalized} = done.value;
    answer(terminal, values, {file, ...done.value}, [
      `imported ${counted(imported, "block")}${known === 0 ? "" : `; ${known} there already`}`,
      row("best", `block ${best}`),
      row("final", `block ${finalized}`),
    ]);
    return SUCCESS;
  } finally {
    await node.stop();
  }
}
