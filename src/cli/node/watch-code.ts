import {readFileSync, statSync} from "node:fs";
import {formatReport, millis, type Report, type Result} from "#base";
import {steadyClock} from "#core";
import type {RunningNode} from "#node";
import {unpackCode} from "#runtime-api";
import type {Terminal} from "../key/index.ts";

/** Milliseconds between two looks. A compiler writes a module in one go, and is done when two looks see the same. */
const LOOK = 250;

type TakeOver = (node: RunningNode, code: Uint8Array) => Promise<Result<readonly string[], Report>>;

/** Has the chain go on with each new module that comes to stand in a file, until the signal ends. */
export async function watchCode(
  path: string,
  node: RunningNode,
  {takeOver, terminal, signal}: {takeOver: TakeOver; terminal: Terminal; signal: AbortSignal},
): Promise<void> {
  let taken = markOf(path);
  let seen = taken;
  while (!signal.aborted) {
    await steadyClock.until(millis(steadyClock.now() + LOOK), signal).catch(() => undefined);
    const mark = markOf(path);
    const isSettled = mark === seen;
    seen = mark;
    if (signal.aborted || mark === undefined || mark === taken || !isSettled) continue;
    taken = mark;
    const code = new Uint8Array(readFileSync(path));
    const unpacked = unpackCode(code);
    if (!unpacked.ok) {
      terminal.stderr(notCode(path, unpacked.error));
      continue;
    }
    const took = await takeOver(node, code);
    if (took.ok) for (const line of took.value) terminal.stdout(line);
    else terminal.stderr(formatReport(took.error));
  }
}

/** What changes with the file; undefined where there is none at the moment. */
function markOf(path: string): string | undefined {
  try {
    const {mtimeMs, size, ino} = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}

const notCode = (path: string, reason: string): string =>
  formatReport({
    code: "code-unusable",
    what: `${path} is no runtime: ${reason}`,
    did: "kept the runtime",
    todo: "build it anew",
  });
