import type {Terminal} from "./key/index.ts";

const CLEAR_LINE = "\x1b[2K";

/** Without what a terminal would obey: names of chains, runtimes and nodes are other people's words. */
export const withoutControls = (line: string): string =>
  line.replace(/(?![\n\t])\p{Cc}/gu, "\u{fffd}");

async function readBytes(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * The terminal of this process. When nobody reads what it writes any more (`khala dev | head`), that is taken as the
 * wish to end: a node stops cleanly, any other command at once.
 */
export function processTerminal(): Terminal {
  let gone = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      if (!gone) process.kill(process.pid, "SIGTERM");
      gone = true;
    });
  }
  let stage: string | undefined;
  let isOpen = false;
  const close = () => {
    if (isOpen) process.stdout.write("\n");
    isOpen = false;
  };
  return {
    stdout(line) {
      close();
      process.stdout.write(`${withoutControls(line)}\n`);
    },
    stderr(line) {
      close();
      process.stderr.write(`${withoutControls(line)}\n`);
    },
    progress(line, next) {
      if (process.stdout.isTTY) {
        const shown = withoutControls(line).slice(0, process.stdout.columns - 1);
        process.stdout.write(`\r${CLEAR_LINE}${shown}`);
        isOpen = true;
      } else if (next !== stage) {
        process.stdout.write(`${withoutControls(line)}\n`);
      }
      stage = next;
    },
    raw(bytes) {
      close();
      process.stdout.write(bytes);
      // To a person only: what reads it takes it as it is.
      isOpen = process.stdout.isTTY;
    },
    readBytes,
    readStdin: async () => (await readBytes()).toString("utf8"),
  };
}
