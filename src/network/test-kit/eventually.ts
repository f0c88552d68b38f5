import assert from "node:assert/strict";

/** Longest that anything in these tests may take to come about, in milliseconds: many times what it does on an idle machine. */
const PATIENCE = 60_000;

/** Waits until something holds. Polls, because sockets do not say when they are done. */
export async function eventually(
  what: string,
  holds: () => boolean,
  patience = PATIENCE,
): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) assert.fail(`never came about: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
