/** Resolves when all that was written to a stream so far is out, or its reader is gone. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise(resolve => {
    stream.write("", () => resolve());
  });

/**
 * Ends the process, for commands that have stopped all they began: what libraries still wait for holds nobody up. libp2p
 * leaves a timer of a second behind, after which it would tell its peers of addresses that it has no more.
 */
export async function leave(code: number): Promise<never> {
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}
