import {exportBlocks} from "#node";
import {readBlockJson} from "#snapshot";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {atDatabase, countNamed} from "./at-database.ts";
import {BlockSink} from "./block-sink.ts";

/** Writes blocks of a database that nobody has open, or of a node that runs. */
export async function exportingBlocks(values: FlagValues, terminal: Terminal): Promise<number> {
  const [file] = values.positional;
  const from = countNamed("--from", values.one("from"), 1);
  const asked = values.one("to");
  const to = asked === undefined ? undefined : countNamed("--to", asked, 0);
  const sink = new BlockSink(file, values.has("binary"), terminal);
  let isDone = false;
  try {
    const blocks = NodeLink.isPointed(values)
      ? await ofNode(values, {from, to}, sink)
      : await ofDatabase(values, terminal, {from, to}, sink);
    if (typeof blocks === "object") return blocks.code;
    sink.finish();
    isDone = true;
    const last = from + blocks - 1;
    // Standard output has the blocks where no file is named.
    if (file !== undefined) {
      const which = blocks === 1 ? `block ${from}` : `blocks ${from} to ${last}`;
      const said = `wrote ${which} to ${file}`;
      answer(terminal, values, {file, from, to: last, blocks}, [said]);
    }
    return SUCCESS;
  } finally {
    if (!isDone) sink.giveUp();
  }
}

interface Wanted {
  readonly from: number;
  readonly to: number | undefined;
}

/** How many; or the exit code, where it failed and said so. */
async function ofDatabase(
  values: FlagValues,
  terminal: Terminal,
  wanted: Wanted,
  sink: BlockSink,
): Promise<number | {readonly code: number}> {
  const done = await atDatabase(values, terminal, store => {
    const written = exportBlocks(
      store,
      wanted,
      count => sink.begin(count),
      block => sink.take(block),
    );
    return written.ok ? {ok: true, value: {blocks: written.value}} : written;
  });
  if (done === "running") return ofNode(values, wanted, sink);
  return typeof done === "number" ? {code: done} : done.blocks;
}

async function ofNode(values: FlagValues, wanted: Wanted, sink: BlockSink): Promise<number> {
  const below = NodeLink.isPointed(values) ? undefined : await NodeLink.openBelowBasePath(values);
  const link = below ?? (await NodeLink.open(values));
  try {
    const {number} = (await link.ask("chain_getHeader")) as {number: string};
    const {from, to = Number(number)} = wanted;
    if (from > to || to > Number(number)) {
      throw new DeskError({
        code: "block-unknown",
        what: `the node at ${link.place} has no blocks ${from} to ${to}`,
        facts: [["best", `block ${Number(number)}`]],
        todo: `name heights up to ${Number(number)}, which is the best block's, with --from and --to`,
      });
    }
    sink.begin(to - from + 1);
    for (let height = from; height <= to; height++) {
      const hash = await link.ask("chain_getBlockHash", height);
      const json = hash === null ? null : await link.ask("chain_getBlock", hash);
      const block = json === null ? undefined : readBlockJson(JSON.stringify(json));
      if (block?.ok !== true) {
        throw new DeskError({
          code: "body-discarded",
          what: `what is in block ${height} is not kept by the node at ${link.place}`,
          todo: "khala db ranges says which bodies are kept; name those with --from and --to",
        });
      }
      sink.take(block.value);
    }
    return to - from + 1;
  } finally {
    link.close();
  }
}
