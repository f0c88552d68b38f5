import type {Terminal} from "./key/index.ts";

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
  return {
    stdout: line => process.stdout.write(`${line}\n`),
    stderr: line => process.stderr.write(`${line}\n`),
    async readStdin() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString("utf8");
    },
  };
}
