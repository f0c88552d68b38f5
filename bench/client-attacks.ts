/** A process of hostile clients: attacks a node's RPC in one way for some seconds. `client-attacks.ts URL NAME MS`. */
import {randomBytes} from "node:crypto";
import {connect, type Socket} from "node:net";
import {setTimeout as pause} from "node:timers/promises";

const [, , url = "", name = "", span = ""] = process.argv;
const {hostname, port} = new URL(url);
const end = Date.now() + Number(span);
const isOver = () => Date.now() >= end;

/** Connections that attack at once. */
const CLIENTS = 60;
const LARGE = 14 * 1_024 * 1_024;

const POST = "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
const UPGRADE = `GET / HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString("base64")}\r\n\r\n`;

async function open(): Promise<Socket> {
  for (;;) {
    const socket = connect(Number(port), hostname);
    const isOpen = await new Promise<boolean>(resolve => {
      socket.once("connect", () => resolve(true));
      socket.on("error", () => resolve(false));
    });
    socket.setMaxListeners(0);
    if (isOpen || isOver()) return socket;
    await pause(50);
  }
}

async function openWebSocket(): Promise<Socket> {
  const socket = await open();
  socket.write(UPGRADE);
  await new Promise(resolve => {
    socket.once("data", resolve);
    socket.once("close", resolve);
  });
  return socket;
}

/** Resolves when it is written, or the other side has gone. */
function write(socket: Socket, bytes: string | Buffer): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  return new Promise(resolve => {
    socket.once("close", () => resolve());
    socket.write(bytes, () => resolve());
  });
}

/** A frame with a mask of zeros. */
function frame(payload: Buffer, {opcode = 1, isFinal = true} = {}): Buffer {
  const head = Buffer.alloc(14);
  head[0] = (isFinal ? 0x80 : 0) | opcode;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

const request = (method: string, params: unknown[], id = 1) => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

const several = (count: number, attack: (i: number) => Promise<void>) =>
  Promise.all(
    Array.from({length: count}, async (_, i) => {
      while (!isOver()) await attack(i);
    }),
  );

const tinyChunks = Buffer.from("1\r\nx\r\n".repeat(10_000));
const tinyFragments = Buffer.concat(
  Array.from({length: 10_000}, () => Buffer.from([0, 0x81, 0, 0, 0, 0, 0x20])),
);

/** All connections have their message there but for its last byte, and send that in one moment. */
async function together(message: Buffer): Promise<void> {
  const framed = frame(message);
  while (!isOver()) {
    const sockets = await Promise.all(Array.from({length: CLIENTS}, openWebSocket));
    for (const socket of sockets) socket.resume();
    const sent = Promise.all(sockets.map(socket => write(socket, framed.subarray(0, -1))));
    await Promise.race([sent, pause(Math.max(0, end - Date.now()))]);
    for (const socket of sockets) socket.write(framed.subarray(-1));
    await pause(500);
    for (const socket of sockets) socket.destroy();
  }
}

const ATTACKS: Readonly<Record<string, () => Promise<unknown>>> = {
  "one-byte chunks": () =>
    several(CLIENTS, async i => {
      if (i % 2 === 0) {
        const socket = await open();
        socket.resume();
        await write(socket, `${POST}transfer-encoding: chunked\r\n\r\n`);
        for (let n = 0; n < 300 && !isOver() && !socket.destroyed; n++) {
          await write(socket, tinyChunks);
        }
        socket.destroy();
        return;
      }
      const socket = await openWebSocket();
      socket.resume();
      await write(socket, frame(Buffer.from("x"), {isFinal: false}));
      for (let n = 0; n < 300 && !isOver() && !socket.destroyed; n++) {
        await write(socket, tinyFragments);
      }
      socket.destroy();
    }),
  "large messages that end together": () =>
    together(Buffer.from(JSON.stringify(request("system_name", ["x".repeat(LARGE)])))),
  "large messages of small values": () => together(Buffer.from(`[${"{},".repeat(LARGE / 3)}1]`)),
  "followers of many keys": () =>
    several(CLIENTS, async () => {
      const socket = await openWebSocket();
      socket.resume();
      for (let n = 0; n < 8; n++) {
        const keys = Array.from({length: 30_000}, () => `0x${randomBytes(32).toString("hex")}`);
        const message = request("state_subscribeStorage", [keys], n);
        await write(socket, frame(Buffer.from(JSON.stringify(message))));
      }
      const heads = Array.from({length: 1_000}, (_, n) =>
        frame(Buffer.from(JSON.stringify(request("chain_subscribeNewHeads", [], n)))),
      );
      await write(socket, Buffer.concat(heads));
      while (!isOver() && !socket.destroyed) await pause(100);
      socket.destroy();
    }),
  "slow bodies": () =>
    several(3 * CLIENTS, async i => {
      const socket = await open();
      socket.resume();
      // A third sends headers slowly, a third a body of which most is there, a third next to nothing.
      if (i % 3 !== 0) await write(socket, `${POST}content-length: ${LARGE}\r\n\r\n`);
      if (i % 3 === 1) await write(socket, Buffer.alloc(4 * 1_024 * 1_024, 0x20));
      while (!isOver() && !socket.destroyed) {
        await write(socket, i % 3 === 0 ? "a" : " ");
        await pause(500);
      }
      socket.destroy();
    }),
  "answers that nobody reads": () =>
    several(CLIENTS, async () => {
      const socket = await openWebSocket();
      socket.pause();
      const batch = Array.from({length: 1_000}, (_, n) => request("state_getMetadata", [], n));
      const framed = frame(Buffer.from(JSON.stringify(batch)));
      await write(socket, Buffer.concat(Array.from({length: 100}, () => framed)));
      while (!isOver() && !socket.destroyed) await pause(100);
      socket.destroy();
    }),
};

// Some wait for what a node rightly does not take.
setTimeout(() => process.exit(0), Number(span));
await ATTACKS[name]!();
