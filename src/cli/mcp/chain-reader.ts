import {hexToBytes} from "#base";
import {encodeSs58, type Hashing} from "#crypto";
import {prefixOf} from "../desk/chain-at-hand.ts";
import {askRuntime, type ChainRuntime} from "../desk/chain-runtime.ts";
import {type Ask, RpcFailure} from "../rpc-client.ts";
import {ToolFault} from "./tool.ts";

/** A block, and what its state is read by. */
export interface BlockAtHand {
  readonly hash: string;
  readonly number: number;
  readonly parentHash: string;
  readonly extrinsics: readonly string[];
  /** What wrote it. */
  readonly runtime: ChainRuntime;
}

/** Descriptions that are kept: of the runtime of now, and of one before an upgrade. */
const KEPT = 2;

/** Reads blocks with the runtime that each has: half a megabyte of metadata, asked for once a version. */
export class ChainReader {
  readonly #ask: Ask;
  readonly #hashing: Hashing;
  #runtimes: readonly {readonly version: string; readonly runtime: ChainRuntime}[] = [];

  constructor(ask: Ask, hashing: Hashing) {
    this.#ask = ask;
    this.#hashing = hashing;
  }

  get hashing(): Hashing {
    return this.#hashing;
  }

  ask(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return this.#ask(method, ...params);
  }

  /** The hash of a block said by hash or number; of the best one where nothing is said. */
  async hashOf(at: unknown): Promise<string> {
    if (typeof at === "string" && /^0x[0-9a-f]{64}$/i.test(at)) return at;
    const number = at === undefined || at === null ? null : Number(at);
    if (number !== null && !(Number.isSafeInteger(number) && number >= 0)) {
      throw new ToolFault(`at: ${JSON.stringify(at)} is neither a block's hash nor its number`);
    }
    const hash = await this.#ask("chain_getBlockHash", ...(number === null ? [] : [number]));
    if (typeof hash === "string") return hash;
    throw new ToolFault(`there is no block ${number} on the best chain`);
  }

  /** The runtime that a block's state calls for. */
  async runtimeAt(hash: string): Promise<ChainRuntime> {
    const {specName, specVersion} = (await this.#told("state_getRuntimeVersion", hash)) as {
      readonly specName: string;
      readonly specVersion: number;
    };
    const version = `${specName} ${specVersion}`;
    const known = this.#runtimes.find(one => one.version === version);
    if (known !== undefined) return known.runtime;
    const runtime = await askRuntime(this.#ask, this.#hashing, hash);
    this.#runtimes = [{version, runtime}, ...this.#runtimes].slice(0, KEPT);
    return runtime;
  }

  async block(at: unknown): Promise<BlockAtHand> {
    const hash = await this.hashOf(at);
    const found = (await this.#told("chain_getBlock", hash)) as {
      readonly block: {
        readonly header: {readonly number: string; readonly parentHash: string};
        readonly extrinsics: readonly string[];
      };
    } | null;
    if (found === null) throw new ToolFault(`the node has no block ${hash}`);
    const {header, extrinsics} = found.block;
    const number = Number(header.number);
    const runtime = await this.runtimeAt(number === 0 ? hash : header.parentHash);
    return {hash, number, parentHash: header.parentHash, extrinsics, runtime};
  }

  /** How the chain writes accounts. */
  async addresses({description}: ChainRuntime): Promise<(account: Uint8Array) => string> {
    const properties = (await this.#ask("system_properties")) as Readonly<Record<string, unknown>>;
    const prefix = prefixOf(description, properties);
    return account => encodeSs58(account, prefix);
  }

  /** The bytes under a key; undefined where there are none. */
  async stored(key: string, hash: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#told("state_getStorage", key, hash);
    return typeof bytes === "string" ? hexToBytes(bytes) : undefined;
  }

  async keysPaged(prefix: string, limit: number, after: unknown, hash: string): Promise<string[]> {
    const start = typeof after === "string" ? after : null;
    return (await this.#told("state_getKeysPaged", prefix, limit, start, hash)) as string[];
  }

  /** What the node refuses is the assistant's to read. */
  async #told(method: string, ...params: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#ask(method, ...params);
    } catch (error) {
      if (error instanceof RpcFailure) throw new ToolFault(error.message);
      throw error;
    }
  }
}
