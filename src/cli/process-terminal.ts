import {writeSync} from "node:fs";
import {formatReport} from "#base";
import {FAILURE} from "./command.ts";
import type {Terminal} from "./key/index.ts";
import type {Line} from "./key/terminal.ts";
import {drawnOver, isColoured, toned} from "./screen.ts";

const CLEAR_LINE = "\x1b[2K";

/** Without what a terminal would obey: names of chains, runtimes and nodes are other people's words. */
export const withoutControls = (line: string): string =>
  line.replace(/(?![\n\t])\p{Cc}/gu, "\u{fffd}");

/** The code of a report, with which it begins, in the colour of what is bad; other lines are as they were. */
export function reportShown(text: string, coloured: boolean): string {
  const code = /^[a-z]+(?:-[a-z]+)+(?=: )/.exec(text)?.[0];
  return code === undefined ? text : toned(code, "bad", coloured) + text.slice(code.length);
}

async function readBytes(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * Output that cannot be written (a full disk behind `> FILE`) is lost, and whoever reads it would take what is there for all: a node
 * stops cleanly, any other command ends at once, as one that failed.
 */
function endWithout(stream: NodeJS.WriteStream, error: NodeJS.ErrnoException): void {
  const name = stream === process.stdout ? "standard output" : "standard error";
  const report = formatReport({
    code: "system-refused",
    what: `${name} cannot be written: ${error.message}`,
    did: "stopped here; what was written before is not all there was to say",
    todo: "make room where it goes, or send it elsewhere; then run this again",
  });
  try {
    writeSync(process.stderr.fd, `${report}\n`);
  } catch {
    // Nobody can be told.
  }
  if (process.listenerCount("SIGTERM") === 0) process.exit(FAILURE);
  process.kill(process.pid, "SIGTERM");
}

/**
 * The terminal of this process. When nobody reads what it writes any more (`khala dev | head`), that is taken as the
 * wish to end: a node stops cleanly, any other command at once.
 */
export function processTerminal(): Terminal {
  let gone = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (gone) return;
      gone = true;
      if (error.code === "EPIPE") process.kill(process.pid, "SIGTERM");
      else endWithout(stream, error);
    });
  }
  let stage: string | undefined;
  /** Where a line stands that has no end yet. */
  let open: NodeJS.WriteStream | undefined;
  const close = () => {
    open?.write("\n");
    open = undefined;
  };
  const coloured = isColoured(process.stdout.isTTY, process.env);
  const colouredErrors = isColoured(process.stderr.isTTY, process.env);
  let isDrawn = false;
  const drawn = (line: Line) =>
    typeof line === "string"
      ? withoutControls(line)
      : toned(withoutControls(line.text), line.tone, coloured);
  return {
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns : undefined;
    },
    stdout(line, tone) {
      close();
      process.stdout.write(`${toned(withoutControls(line), tone, coloured)}\n`);
    },
    stderr(line) {
      close();
      process.stderr.write(`${reportShown(withoutControls(line), colouredErrors)}\n`);
    },
    redraw(lines) {
      if (!process.stdout.isTTY || process.env.TERM === "dumb") return false;
      const text = drawnOver(lines.map(drawn), process.stdout, !isDrawn);
      isDrawn = text !== undefined;
      if (text !== undefined) process.stdout.write(text);
      return text !== undefined;
    },
    progress(line, next) {
      if (process.stderr.isTTY) {
        const shown = withoutControls(line).slice(0, process.stderr.columns - 1);
        process.stderr.write(`\r${CLEAR_LINE}${shown}`);
        open = process.stderr;
      } else if (next !== stage) {
        process.stderr.write(`${withoutControls(line)}\n`);
      }
      stage = next;
    },
    raw(bytes) {
      close();
      process.stdout.write(bytes);
      // To a person only: what reads it takes it as it is.
      open = process.stdout.isTTY ? process.stdout : undefined;
    },
    readBytes,
    readStdin: async () => (await readBytes()).toString("utf8"),
  };
}
