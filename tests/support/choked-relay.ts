import {once} from "node:events";
import {type AddressInfo, connect, createServer, type Socket} from "node:net";

/**
 * Stands between two nodes and passes on so many bytes of what the one that is called says, then no more: the connection is
 * there, as where the other machine hangs.
 */
export async function chokedRelay(
  port: number,
  bytes: number,
): Promise<{readonly port: number; close(): void}> {
  const sockets = new Set<Socket>();
  let left = bytes;
  const server = createServer(caller => {
    const called = connect(port, "127.0.0.1");
    for (const [socket, other] of [
      [caller, called],
      [called, caller],
    ] as const) {
      sockets.add(socket);
      socket.on("close", () => other.destroy()).on("error", () => other.destroy());
    }
    caller.pipe(called);
    called.on("data", (chunk: Buffer) => {
      caller.write(chunk.subarray(0, left));
      left = Math.max(0, left - chunk.length);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
