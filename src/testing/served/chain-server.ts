import {createServer, type IncomingMessage, request, type ServerResponse} from "node:http";
import {type AddressInfo, connect} from "node:net";
import type {Duplex} from "node:stream";
import type {ChainServer, ChainServerOptions, TestChain} from "../chain-api.ts";
import {CHAIN_OPTIONS, checkOptions} from "./check-options.ts";
import {startChain} from "./start-chain.ts";

const HOST = "127.0.0.1";
/** One word, so that a mistake in a path does not make a chain. */
const PATH = /^\/([A-Za-z0-9_-]{1,64})\/?$/;
const MOST = 64;

/**
 * One port, and behind each path a chain of its own, made when somebody first asks for it: a test's workers each take theirs by
 * their number, and share nothing.
 */
export async function startChainServer(options: ChainServerOptions = {}): Promise<ChainServer> {
  const known = [...CHAIN_OPTIONS.filter(name => name !== "nodes"), "most"];
  checkOptions("startChainServer", options, known);
  const {port = 0, most = MOST, ...ofChains} = options;
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new Error(`startChainServer: most is a number of chains, not ${String(most)}`);
  }
  const chains = new Map<string, Promise<TestChain>>();
  const started = new Map<string, TestChain>();
  const sockets = new Set<Duplex>();
  let isStopped = false;

  const chainAt = async (path: string | undefined): Promise<TestChain | string> => {
    const name = PATH.exec(path ?? "")?.[1];
    if (name === undefined) return `a path of one word is asked for, such as ${url}/1`;
    if (isStopped) return "the server is stopping";
    let chain = chains.get(name);
    if (chain === undefined) {
      if (chains.size >= most) return `there are ${most} chains already, and no more are made`;
      chain = startChain(ofChains);
      chains.set(name, chain);
      chain.then(
        made => started.set(name, made),
        () => chains.delete(name),
      );
    }
    try {
      return await chain;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  const server = createServer((incoming, outgoing) => {
    void chainAt(incoming.url).then(chain => {
      if (typeof chain === "string") refuse(outgoing, chain);
      else handOn(incoming, outgoing, portOf(chain));
    });
  });
  server.on("connection", socket => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    void chainAt(incoming.url).then(chain => {
      if (typeof chain === "string") socket.end(refusedUpgrade(chain));
      else handOnUpgrade(incoming, socket, head, portOf(chain));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({host: HOST, port}, resolve);
  });
  const url = `ws://${HOST}:${(server.address() as AddressInfo).port}`;
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    isStopped = true;
    const closed = new Promise<void>(resolve => server.close(() => resolve()));
    const ends = await Promise.allSettled(chains.values());
    await Promise.all(ends.map(end => (end.status === "fulfilled" ? end.value.stop() : undefined)));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const stopOnce = () => {
    stopping ??= stop();
    return stopping;
  };
  return {
    url,
    get paths() {
      return [...chains.keys()].map(name => `/${name}`);
    },
    chain: path => started.get(PATH.exec(path)?.[1] ?? ""),
    stop: stopOnce,
    [Symbol.asyncDispose]: stopOnce,
  };
}

const portOf = ({url}: TestChain): number => Number(new URL(url).port);

/** The chain's own server answers, and judges who may ask: for it the path is the usual one. */
function handOn(incoming: IncomingMessage, outgoing: ServerResponse, port: number): void {
  const {method, headers} = incoming;
  const asked = request({host: HOST, port, path: "/", method, headers}, answer => {
    outgoing.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(outgoing);
  });
  asked.on("error", () => outgoing.destroy());
  outgoing.on("close", () => asked.destroy());
  incoming.pipe(asked);
}

function handOnUpgrade(
  {method, httpVersion, rawHeaders}: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  port: number,
): void {
  const lines = [`${method} / HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2)
    lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  const chain = connect({host: HOST, port}, () => {
    chain.write(`${lines.join("\r\n")}\r\n\r\n`);
    chain.write(head);
    chain.pipe(socket);
    socket.pipe(chain);
  });
  chain.on("error", () => socket.destroy());
  chain.on("close", () => socket.destroy());
  socket.on("close", () => chain.destroy());
}

function refuse(outgoing: ServerResponse, reason: string): void {
  outgoing.writeHead(404, {"content-type": "text/plain; charset=utf-8"});
  outgoing.end(`${reason}\n`);
}

function refusedUpgrade(reason: string): string {
  const body = `${reason}\n`;
  return `HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
