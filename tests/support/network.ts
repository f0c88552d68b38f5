import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type KhalaProcess, startKhala} from "./khala-process.ts";
import {rpc} from "./rpc.ts";

/** A node of a network of processes. */
export interface NetworkNode extends KhalaProcess {
  readonly name: string;
  readonly args: readonly string[];
  readonly basePath: string;
}

/** Processes that find each other by one bootnode, each with a folder of its own; all gone at the end. */
export class ProcessNetwork {
  readonly #folder = mkdtempSync(join(tmpdir(), "khala-net-"));
  readonly #nodes = new Set<NetworkNode>();
  readonly #chain: readonly string[];
  #bootnode: string | undefined;

  constructor(chain: readonly string[]) {
    this.#chain = chain;
  }

  /** Starts a node, or starts it again over what an earlier one of that name left. */
  async start(name: string, ...flags: string[]): Promise<NetworkNode> {
    const basePath = join(this.#folder, name);
    const bootnodes = this.#bootnode === undefined ? [] : [`--bootnodes=${this.#bootnode}`];
    const args = [
      ...this.#chain,
      `--base-path=${basePath}`,
      "--rpc-port=0",
      "--listen-addr=/ip4/127.0.0.1/tcp/0",
      `--name=${name}`,
      ...bootnodes,
      ...flags,
    ];
    const node = {...(await startKhala(args)), name, args, basePath};
    this.#nodes.add(node);
    this.#bootnode ??= await addressOf(node);
    return node;
  }

  /** Ends a node without a word. */
  async kill(node: NetworkNode): Promise<void> {
    this.#nodes.delete(node);
    await node.stop("SIGKILL");
  }

  async close(): Promise<void> {
    const codes = await Promise.all([...this.#nodes].map(node => node.stop()));
    rmSync(this.#folder, {recursive: true, force: true});
    assert.deepEqual([...new Set(codes)], [0]);
  }
}

async function addressOf(node: KhalaProcess): Promise<string> {
  const [address] = (await rpc(node.url, "system_localListenAddresses", [])) as string[];
  assert.ok(address !== undefined);
  return address;
}

export async function bestOf({url}: Pick<KhalaProcess, "url">): Promise<number> {
  return headOf(url, []);
}

export async function finalizedOf({url}: Pick<KhalaProcess, "url">): Promise<number> {
  return headOf(url, [await rpc(url, "chain_getFinalizedHead", [])]);
}

async function headOf(url: string, params: unknown[]): Promise<number> {
  const header = (await rpc(url, "chain_getHeader", params)) as {number: string};
  return Number(header.number);
}

export async function hashAt(
  {url}: Pick<KhalaProcess, "url">,
  number: number,
): Promise<string | null> {
  return (await rpc(url, "chain_getBlockHash", [number])) as string | null;
}

/** Asks until the answer is right; fails after so long, many times what it takes where nobody else wants the processor. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  limit = 120_000,
): Promise<void> {
  const end = Date.now() + limit;
  for (;;) {
    if (await holds()) return;
    assert.ok(Date.now() < end, `not within ${limit} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
