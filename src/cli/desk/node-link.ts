import {readdirSync} from "node:fs";
import {join, resolve} from "node:path";
import {withoutCredentials} from "#base";
import {basePathOf} from "../base-path.ts";
import type {FlagValues} from "../flags/index.ts";
import {RpcClient, RpcFailure} from "../rpc-client.ts";
import {DeskError} from "./desk-error.ts";

export const DEFAULT_URL = "ws://127.0.0.1:9944";
const SOCKET_NAME = "rpc.sock";
/** The words by which a node refuses what strangers must not call; the code alone also means an unknown method. */
const UNSAFE = "unsafe to be called externally";
const METHOD_NOT_FOUND = -32_601;
const SAY_WHERE =
  "start it (khala --chain SPEC --collator), or say where it is: --url ws://HOST:PORT or --socket PATH";
/** An answer that takes longer does not come. */
const ANSWER_DEADLINE = 60_000;

/** The port may stand in the node's own settings. */
const urlOf = (values: FlagValues): string => {
  const port = values.one("rpc-port");
  return port === undefined ? DEFAULT_URL : `ws://127.0.0.1:${port}`;
};

const ownSocket = (values: FlagValues): string | undefined => {
  const path = values.has("url") ? undefined : values.one("rpc-socket");
  return path === "none" ? undefined : path;
};

const socketUrl = (path: string): string => `ws+unix:${resolve(path)}:/`;

/**
 * The operator's line to a node: by its port, and for what the port refuses, by the socket in the chain's folder, if
 * that is the same node's.
 */
export class NodeLink {
  /** As it is named to people. */
  readonly place: string;
  readonly #client: RpcClient;
  readonly #basePath: string;
  readonly #gone: Promise<never>;
  #local: RpcClient | undefined;
  #isGone = false;

  private constructor(place: string, client: RpcClient, gone: Promise<never>, basePath: string) {
    this.place = place;
    this.#client = client;
    this.#gone = gone;
    gone.catch(() => {
      this.#isGone = true;
    });
    this.#basePath = basePath;
  }

  /** Whether somebody said which node: it is no other's place that then counts. */
  static isPointed = (values: FlagValues): boolean => values.has("url") || values.has("socket");

  /**
   * The node that runs below the base path, by its own socket: one at the usual port could be another. Undefined where
   * none answers there.
   */
  static async openBelowBasePath(values: FlagValues): Promise<NodeLink | undefined> {
    const chains = join(basePathOf(values), "chains");
    for (const id of foldersIn(chains)) {
      const path = join(chains, id, SOCKET_NAME);
      try {
        return await NodeLink.#connect(path, socketUrl(path), values);
      } catch (error) {
        // Nobody listens there, or nothing is there.
        if (!(error instanceof DeskError)) throw error;
      }
    }
    return undefined;
  }

  static open(values: FlagValues): Promise<NodeLink> {
    const socket = values.one("socket") ?? ownSocket(values);
    const place = socket ?? values.one("url") ?? urlOf(values);
    return NodeLink.#connect(place, socket === undefined ? place : socketUrl(socket), values);
  }

  /** `url`: `ws://` or `wss://`, whatever the flags say. `todo`: what helps where nobody answers there. */
  static openAt = (url: string, values: FlagValues, todo: string): Promise<NodeLink> =>
    NodeLink.#connect(url, url, values, todo);

  static async #connect(
    place: string,
    url: string,
    values: FlagValues,
    todo = SAY_WHERE,
  ): Promise<NodeLink> {
    const shown = withoutCredentials(place);
    let onGone!: () => void;
    const gone = new Promise<never>((_, reject) => {
      onGone = () => reject(nodeGone(shown));
    });
    // Whoever waits for something hears of it; it is no news to anybody else.
    gone.catch(() => {});
    try {
      return new NodeLink(shown, await RpcClient.connect(url, onGone), gone, basePathOf(values));
    } catch (error) {
      throw unreachable(shown, error, todo);
    }
  }

  /** The node has closed the connection: nothing will be answered here any more. */
  get isGone(): boolean {
    return this.#isGone;
  }

  async ask(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return this.#inTime(method, this.#client.ask(method, params));
  }

  /** For what only the operator may call. */
  async askUnsafe(method: string, ...params: readonly unknown[]): Promise<unknown> {
    try {
      return await this.ask(method, ...params);
    } catch (error) {
      if (!(error instanceof RpcFailure) || !error.message.includes(UNSAFE)) throw error;
      this.#local ??= await this.#findSocket();
      if (this.#local === undefined) throw this.#unsafeRefused(method);
      return this.#inTime(method, this.#local.ask(method, params));
    }
  }

  /** Calls `look` at each item, one after the other, until it answers something. */
  async until<T>(
    method: string,
    params: readonly unknown[],
    look: (item: unknown) => Promise<T | undefined>,
  ): Promise<T> {
    const found = new Promise<T>((resolve, reject) => {
      let order: Promise<void> = Promise.resolve();
      let isDone = false;
      const onItem = (item: unknown) => {
        order = order
          .then(async () => {
            if (isDone) return;
            const answer = await look(item);
            if (answer === undefined) return;
            isDone = true;
            resolve(answer);
          })
          .catch((error: unknown) => {
            isDone = true;
            reject(error);
          });
      };
      this.#client.subscribe(method, onItem, params).catch(reject);
    });
    return Promise.race([found, this.#gone]);
  }

  close(): void {
    this.#client.close();
    this.#local?.close();
  }

  /** Whether the node knows a method at all. */
  static isUnknownMethod(error: unknown): boolean {
    return (
      error instanceof RpcFailure &&
      error.code === METHOD_NOT_FOUND &&
      !error.message.includes(UNSAFE)
    );
  }

  async #inTime(method: string, answer: Promise<unknown>): Promise<unknown> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const refuse = () =>
        reject(
          new DeskError({
            code: "node-silent",
            what: `the node at ${this.place} does not answer ${method}`,
            did: `waited for ${ANSWER_DEADLINE / 1_000} s`,
            todo: "see whether it is busy (its log), then run this again",
          }),
        );
      timer = setTimeout(refuse, ANSWER_DEADLINE);
    });
    try {
      return await Promise.race([answer, late, this.#gone]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A socket below the base path behind which the same node is. */
  async #findSocket(): Promise<RpcClient | undefined> {
    const chains = join(this.#basePath, "chains");
    const own = await this.ask("system_localPeerId");
    for (const id of foldersIn(chains)) {
      const path = join(chains, id, SOCKET_NAME);
      const client = await RpcClient.connect(socketUrl(path), () => {}).catch(() => undefined);
      if (client === undefined) continue;
      const peer = await client.ask("system_localPeerId", []).catch(() => undefined);
      if (peer === own) return client;
      client.close();
    }
    return undefined;
  }

  #unsafeRefused(method: string): DeskError {
    return new DeskError({
      code: "unsafe-refused",
      what: `the node at ${this.place} does not let strangers call ${method}`,
      facts: [["looked for", join(this.#basePath, "chains", "*", SOCKET_NAME)]],
      todo:
        "run this on the node's machine, as its user, with its --base-path, or with " +
        "--socket BASE-PATH/chains/ID/rpc.sock (the node prints it at start)",
    });
  }
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

const nodeGone = (place: string): DeskError =>
  new DeskError({
    code: "node-gone",
    what: `the node at ${place} has closed the connection`,
    did: "stopped here; what was sent before stays sent",
    todo: "start the node again, then run this again: it goes on from where it stands",
  });

function unreachable(place: string, error: unknown, todo: string): DeskError {
  const {code, message} = error as NodeJS.ErrnoException;
  return new DeskError({
    code: "node-unreachable",
    what: `no node answers at ${place}`,
    facts: [["reason", code ?? withoutCredentials(message)]],
    todo,
  });
}
