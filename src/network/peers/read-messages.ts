import type {NotificationSource} from "../transport/notifications.ts";

/** Reads a substream to its end, with at most `parallel` messages being worked on; above that the peer waits. */
export async function readMessages(
  source: NotificationSource,
  parallel: number,
  work: (message: Uint8Array) => Promise<void>,
): Promise<void> {
  let running = 0;
  let wake: (() => void) | undefined;
  const done = () => {
    running--;
    wake?.();
  };
  for (let message = await source.next(); message !== undefined; message = await source.next()) {
    running++;
    work(message).then(done, done);
    if (running < parallel) continue;
    await new Promise<void>(resolve => {
      wake = resolve;
    });
    wake = undefined;
  }
}
