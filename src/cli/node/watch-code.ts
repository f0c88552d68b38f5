import {readFileSync, statSync} from "node:fs";
import {err, formatReport, millis, ok, type Report, type Result} from "#base";
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
    const code = codeIn(path);
    if (!code.ok) {
      terminal.stderr(notCode(path, code.error));
      continue;
    }
    const took = await takeOver(node, code.value);
    if (took.ok) for (const line of took.value) terminal.stderr(line);
    else terminal.stderr(formatReport(took.error));
  }
}

/** Builds replace files, and may leave a folder or one that nobody may read: the next build may not. */
function codeIn(path: string): Result<Uint8Array, string> {
  let code: Uint8Array;
  try {
    code = new Uint8Array(readFileSync(path));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  const unpacked = unpackCode(code);
  return unpacked.ok ? ok(code) : unpacked;
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
