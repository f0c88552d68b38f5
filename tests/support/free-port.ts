import {randomInt} from "node:crypto";
import {once} from "node:events";
import {createServer} from "node:net";

/**
 * Below where Linux takes the ports of connections and of who asks for any: one of those that is free now may be somebody's
 * by the time that a program binds it.
 */
const [FIRST, END] = [20_000, 32_000];

/** A port that nobody has, for programs that cannot say which one they took, or that take the same one twice. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
