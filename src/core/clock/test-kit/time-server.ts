import {createSocket} from "node:dgram";
import {once} from "node:events";

/** A time server that is ahead of us by so many milliseconds; `spoil` may ruin its answers. */
export async function timeServer(
  ahead: number,
  spoil: (answer: Buffer) => Buffer[] = answer => [answer],
) {
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => {
    const answer = Buffer.alloc(48);
    answer[0] = 0x24;
    answer[1] = 2;
    question.copy(answer, 24, 40, 48);
    const now = Date.now() + ahead;
    for (const offset of [32, 40]) {
      answer.writeUInt32BE(Math.floor(now / 1_000) + 2_208_988_800, offset);
      answer.writeUInt32BE(Math.floor(((now % 1_000) / 1_000) * 2 ** 32), offset + 4);
    }
    for (const each of spoil(answer)) socket.send(each, from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {host: "127.0.0.1", port: socket.address().port, close: () => socket.close()};
}
