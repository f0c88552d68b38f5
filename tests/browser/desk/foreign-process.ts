import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {fileURLToPath} from "node:url";

const PROGRAM = fileURLToPath(new URL("../../support/foreign-node.ts", import.meta.url));

/** What is special about a chain of the foreign runtime. */
export interface Special {
  /** Pallets that its metadata is silent about. */
  readonly unpublished?: readonly string[];
  /** What its chain spec says of the token and addresses; the runtime's own words if not said. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Nodes of the foreign chain, each a process of its own, until all are stopped. */
export class ForeignNodes {
  readonly #nodes: ChildProcess[] = [];
  readonly #byUrl = new Map<string, ChildProcess>();

  /** Resolves with where its RPC is. */
  async start(special: Special = {}): Promise<string> {
    const node = spawn(process.execPath, ["--import", "tsx", PROGRAM, JSON.stringify(special)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#nodes.push(node);
    const ended = once(node, "exit").then(([code]) => {
      throw new Error(`the node ended with ${code} before it said where it is`);
    });
    const [line] = (await Promise.race([once(node.stdout, "data"), ended])) as [Buffer];
    // Once it is up its end is nobody's news.
    ended.catch(() => undefined);
    const url = line.toString().trim();
    this.#byUrl.set(url, node);
    return url;
  }

  /** Has a node's root upgrade its chain, in one of the next blocks. */
  upgrade(url: string): void {
    this.#byUrl.get(url)?.kill("SIGUSR2");
  }

  async stop(): Promise<void> {
    for (const node of this.#nodes) {
      node.kill("SIGTERM");
      if (node.exitCode === null) await once(node, "exit");
    }
  }
}
