import "@polkadot/api-augment";
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {ApiPromise} from "@polkadot/api";
import type {KeyringPair} from "@polkadot/keyring/types";
import type {EventRecord} from "@polkadot/types/interfaces";
import type {ISubmittableResult} from "@polkadot/types/types";
import {encodeAddress} from "@polkadot/util-crypto";
import {concatBytes, hexToBytes, unwrap} from "#base";
import {compactU32, decode, encode} from "#codec";
import {opaqueExtrinsic} from "#primitives";
import {runKhala} from "../../support/khala-process.ts";
import {type NetProcess, startNet} from "../../support/net-process.ts";
import {type Call, connect, pairs} from "../../support/polkadot.ts";
import {rpc} from "../../support/rpc.ts";
import {temporaryFolder} from "../../support/temporary-folder.ts";
import {type CarriedBlock, JudgingNode} from "../support/judging-node.ts";
import {ANY_CHAIN, blockOf, isTold, type NamedEvent, plain, type Recorded} from "./recorded.ts";

/** What became of a transaction, in a block that is final. */
export interface Played {
  readonly block: number;
  readonly hash: string;
  readonly index: number;
  readonly events: readonly NamedEvent[];
  /** As recordings have it; undefined where it succeeded. */
  readonly error: string | undefined;
}

/** Who is on it; pots and pallets' accounts besides. */
const PEOPLE = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "Gina", "Hank", "Ivan"];

/** Of the recording. */
const SLOT_SECONDS = 12;

interface JsonHeader {
  readonly parentHash: string;
  readonly number: string;
  readonly stateRoot: string;
  readonly extrinsicsRoot: string;
  readonly digest: {readonly logs: readonly string[]};
}

const bytesOf = (hex: string): Uint8Array => hexToBytes(hex)!;

/** `khala rehearse` and `khala net 4` of it, as an operator starts them, and an unmodified polkadot.js on its first node. */
export class Stage {
  readonly api: ApiPromise;
  readonly #net: NetProcess;
  readonly #spec: string;
  /** Rejects when the network ends by itself. */
  readonly #broken: Promise<never>;
  readonly #pairOf: (uri: string) => KeyringPair;
  readonly #pairs: ReadonlyMap<string, KeyringPair>;
  readonly #names = new Map<string, string>();
  /** Which events are held to the recording. */
  tells: (event: NamedEvent) => boolean = () => true;
  #hasEnded = false;

  private constructor(
    api: ApiPromise,
    net: NetProcess,
    spec: string,
    pairOf: (uri: string) => KeyringPair,
  ) {
    this.api = api;
    this.#net = net;
    this.#spec = spec;
    this.#pairOf = pairOf;
    this.#broken = net.exited.then(code => {
      if (this.#hasEnded) return new Promise<never>(() => {});
      throw new Error(`khala net ended with ${code}:\n${net.lines.slice(-20).join("\n")}`);
    });
    this.#broken.catch(() => {});
    this.#pairs = new Map(PEOPLE.map(name => [name, pairOf(`//${name}`)] as const));
    for (const [name, {publicKey}] of this.#pairs) this.call(name, publicKey);
  }

  /** With `flags` of `khala rehearse`. */
  static async set(chain: string, flags: readonly string[]): Promise<Stage> {
    const spec = join(await temporaryFolder("stage"), "rehearsal.json");
    const made = await runKhala(["rehearse", chain, `--output=${spec}`, ...flags]);
    if (made.code !== 0) throw new Error(made.stderr);
    const net = await startNet(["4", `--chain=${spec}`]);
    try {
      const api = await connect(net.nodes[0]!.url);
      return new Stage(api, net, spec, await pairs());
    } catch (error) {
      await net.stop("SIGTERM");
      throw error;
    }
  }

  get urls(): readonly string[] {
    return this.#net.nodes.map(({url}) => url);
  }

  /** Gives an account a name for what is read. */
  call(name: string, account: Uint8Array): void {
    this.#names.set(encodeAddress(account, ANY_CHAIN), name);
  }

  readonly nameOf = (address: string): string | undefined => this.#names.get(address);

  pair(name: string): KeyringPair {
    return this.#pairs.get(name)!;
  }

  address(name: string): string {
    return this.pair(name).address;
  }

  /** As the chain writes it. */
  addressOf(account: Uint8Array): string {
    return encodeAddress(account, this.api.registry.chainSS58);
  }

  /** A pair of any secret. */
  secret(uri: string): KeyringPair {
    return this.#pairOf(uri);
  }

  /** An item of the state after a block, in the form of the recording. */
  async see(item: string, keys: readonly unknown[], hash: string): Promise<unknown> {
    const [pallet, name] = item.split(".") as [string, string];
    const at = await this.api.at(hash);
    const value = await at.query[pallet]![name]!(...keys);
    return plain(value.toJSON(), this.nameOf, 0);
  }

  /** What was recorded, in the same form. */
  recorded(value: unknown): unknown {
    return plain(value, this.nameOf, 0);
  }

  /**
   * Hands calls in and resolves when all are final. A pool orders those of one account only: what another one does next has to
   * wait.
   */
  async playAll(calls: readonly (readonly [by: string, call: Call])[]): Promise<Played[]> {
    const played: Played[] = [];
    for (let first = 0; first < calls.length; ) {
      const [by] = calls[first]!;
      const next = calls.findIndex(([other], i) => i > first && other !== by);
      const own = calls.slice(first, next < 0 ? undefined : next).map(([, call]) => call);
      const nonce = await this.#nextNonce(by);
      const ends = own.map((call, i) => this.#send(by, call, nonce + i));
      played.push(...(await Promise.race([this.#broken, Promise.all(ends)])));
      first += own.length;
    }
    return played;
  }

  #send(by: string, call: Call, nonce: number): Promise<Played> {
    return new Promise((resolve, reject) => {
      const settle = (result: ISubmittableResult) => {
        if (result.isError) reject(new Error(`transaction ${result.status.type}`));
        else if (result.status.isFinalized) resolve(this.#played(result));
      };
      // For ever, as those of the recording: fees count bytes.
      call.signAndSend(this.pair(by), {nonce, era: 0}, settle).catch(reject);
    });
  }

  async #nextNonce(by: string): Promise<number> {
    return (await this.api.rpc.system.accountNextIndex(this.address(by))).toNumber();
  }

  async #played({status, txIndex, events, dispatchError}: ISubmittableResult): Promise<Played> {
    const {number} = await this.api.rpc.chain.getHeader(status.asFinalized);
    return {
      block: number.toNumber(),
      hash: status.asFinalized.toHex(),
      index: txIndex!,
      events: events.map(namedEvent).filter(([name]) => isTold(name)),
      error: dispatchError === undefined ? undefined : this.#errorOf(dispatchError),
    };
  }

  #errorOf(error: NonNullable<ISubmittableResult["dispatchError"]>): string {
    if (!error.isModule) return JSON.stringify(error);
    const {section, name} = this.api.registry.findMetaError(error.asModule);
    return `${section}.${name}`;
  }

  /**
   * Has the transactions of a recorded block handed in, and holds what became of each to what was recorded. They may come into
   * more than one block.
   */
  async play(
    story: readonly Recorded[],
    block: number,
    calls: readonly (readonly [by: string, call: Call])[],
  ): Promise<Played[]> {
    const {tx, slot, note} = blockOf(story, block);
    const named = calls.map(([by, {method}]) => [by, `${method.section}.${method.method}`]);
    assert.deepEqual(
      named,
      tx.map(({by, call}) => [by, call]),
      note,
    );
    const played = await this.playAll(calls);
    for (const [i, {events, error}] of tx.entries()) {
      const own = played[i]!;
      const what = `${note}: ${named[i]!.join(" ")}`;
      assert.deepEqual(own.error, error, what);
      assert.deepEqual(
        this.#told(own.events, await this.momentOf(own.block)),
        this.#told(events, slot * SLOT_SECONDS),
        what,
      );
    }
    return played;
  }

  #told(events: readonly NamedEvent[], moment: number): unknown {
    return (plain(events, this.nameOf, moment) as NamedEvent[]).filter(this.tells);
  }

  async hashAt(block: number): Promise<string> {
    return (await this.api.rpc.chain.getBlockHash(block)).toHex();
  }

  /** What happened in a block outside of transactions. */
  async hooksAt(block: number): Promise<NamedEvent[]> {
    const at = await this.api.at(await this.hashAt(block));
    const records = await at.query.system!.events!<EventRecord[] & {toHuman(): unknown}>();
    return [...records]
      .filter(({phase}) => !phase.isApplyExtrinsic)
      .map(record => plain(namedEvent(record), this.nameOf, 0) as NamedEvent)
      .filter(([name]) => isTold(name));
  }

  /** By the slot, in the order of the parent's validators. */
  async authorOf(block: number): Promise<string> {
    const header = await this.api.derive.chain.getHeader(await this.hashAt(block));
    return this.nameOf(encodeAddress(header.author!, ANY_CHAIN))!;
  }

  /** Seconds of the chain's time. */
  async momentOf(block: number): Promise<number> {
    const at = await this.api.at(await this.hashAt(block));
    const millis = await at.query.timestamp!.now!();
    return Math.floor(Number(millis.toString()) / 1_000);
  }

  async final(): Promise<number> {
    const hash = await this.api.rpc.chain.getFinalizedHead();
    return (await this.api.rpc.chain.getHeader(hash)).number.toNumber();
  }

  /** Lets the network make blocks, each of them, until that one is final. */
  async stepTo(block: number): Promise<void> {
    const isThere = new Promise<void>((resolve, reject) => {
      let stop: (() => void) | undefined;
      let isOver = false;
      const end = () => {
        isOver = true;
        stop?.();
        resolve();
      };
      this.api.rpc.chain
        .subscribeFinalizedHeads(({number}) => {
          if (number.toNumber() >= block) end();
        })
        .then(unsubscribe => {
          stop = unsubscribe;
          if (isOver) unsubscribe();
        })
        .catch(reject);
    });
    await Promise.race([this.#broken, isThere]);
  }

  /** All final blocks of a node from one number to another. */
  async #blocks(url: string, first: number, last: number): Promise<CarriedBlock[]> {
    const blocks: CarriedBlock[] = [];
    for (let number = first; number <= last; number++) {
      const hash = await rpc<string>(url, "chain_getBlockHash", [number]);
      const {block} = await rpc<{block: {header: JsonHeader; extrinsics: string[]}}>(
        url,
        "chain_getBlock",
        [hash],
      );
      blocks.push({
        header: headerBytes(block.header),
        body: block.extrinsics.map(hex => unwrap(decode(opaqueExtrinsic, bytesOf(hex)))),
      });
    }
    return blocks;
  }

  /**
   * Ends the network, and hands its final blocks from the first on to a node of their own, which executes each to its root
   * and has `validate_block` judge it. Answers how many they were.
   */
  async judgeAll(first = 1): Promise<number> {
    const last = await this.final();
    const blocks = await this.#blocks(this.urls.at(-1)!, first, last);
    await this.end();
    const judge = await JudgingNode.open(readFileSync(this.#spec, "utf8"));
    try {
      for (const block of blocks) await judge.take(block);
    } finally {
      await judge.stop();
    }
    return blocks.length;
  }

  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.api.disconnect();
    await this.#net.stop("SIGTERM");
  }
}

function namedEvent({event}: EventRecord): NamedEvent {
  const {data, section, method} = event;
  const names = data.names;
  const values = data.map(value => value.toJSON());
  const fields = values.map((value, i) => [names?.[i] ?? String(i), value] as const);
  return [`${section}.${method}`, Object.fromEntries(fields)];
}

function headerBytes({parentHash, number, stateRoot, extrinsicsRoot, digest}: JsonHeader) {
  return concatBytes(
    bytesOf(parentHash),
    encode(compactU32, Number(number)),
    bytesOf(stateRoot),
    bytesOf(extrinsicsRoot),
    encode(compactU32, digest.logs.length),
    ...digest.logs.map(bytesOf),
  );
}
