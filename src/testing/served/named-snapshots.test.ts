import assert from "node:assert/strict";
import {test} from "node:test";
import {WebSocket} from "ws";
import {call} from "../transactions/call.ts";
import {startChain} from "./start-chain.ts";

const pay = (value: bigint) => call("Balances.transfer_keep_alive", {dest: "bob", value});

/** A client that keeps what it is told, by subscription. */
class Listener {
  readonly items: {readonly method: string; readonly result: unknown}[] = [];
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (result: unknown) => void>();
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", text => {
      const {id, result, method, params} = JSON.parse(String(text));
      if (id !== undefined) this.#answers.get(id)?.(result);
      else this.items.push({method, result: params.result});
    });
  }

  static open(url: string): Promise<Listener> {
    const socket = new WebSocket(url);
    return new Promise((resolve, reject) => {
      socket.on("open", () => resolve(new Listener(socket)));
      socket.on("error", reject);
    });
  }

  ask(method: string, ...params: unknown[]): Promise<unknown> {
    const id = ++this.#id;
    this.#socket.send(JSON.stringify({id, jsonrpc: "2.0", method, params}));
    return new Promise(resolve => this.#answers.set(id, resolve));
  }

  /** The first item from now on of which something holds. */
  async next<T>(method: string, holds: (result: never) => T | undefined): Promise<T> {
    for (let waited = 0; waited < 10_000; waited += 5) {
      for (const item of this.items) {
        const found = item.method === method ? holds(item.result as never) : undefined;
        if (found !== undefined) return found;
      }
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    throw new Error(`no ${method} in time: ${JSON.stringify(this.items)}`);
  }

  close(): void {
    this.#socket.close();
  }
}

test("a snapshot is come back to as often as one likes, and what was done since is undone", async () => {
  await using chain = await startChain({});
  await chain.submit("alice", pay(5n));
  const ready = chain.snapshot("ready");
  const before = chain.at().balanceOf("bob").free;
  for (let i = 0; i < 3; i++) {
    await chain.submit("alice", pay(7n));
    assert.equal(chain.at().balanceOf("bob").free, before + 7n);
    const back = await chain.restore("ready");
    assert.deepEqual([back.hash, back.balanceOf("bob").free], [ready.hash, before]);
  }
  await chain.reset();
  assert.equal(chain.at().number, 0);
  assert.equal((await chain.restore("ready")).number, ready.number);
  await assert.rejects(chain.restore("redy"), /No snapshot is called redy; there are ready/);
});

test("whoever listens is told what a restore changed: heads, storage, and the new follow", async t => {
  await using chain = await startChain({});
  const client = await Listener.open(chain.url);
  t.after(() => client.close());
  const key = await storageKey(client, chain.addressOf("bob"));
  await chain.mine();
  chain.snapshot("before");
  const {hash, number} = chain.at();
  const value = (await client.ask("state_getStorage", key)) as string;
  await client.ask("chain_subscribeNewHeads");
  await client.ask("state_subscribeStorage", [key]);
  await client.ask("chainHead_v1_follow", false);
  await chain.submit("alice", pay(9n));
  const changed = await client.next("state_storage", ({block, changes}: Changes) =>
    block === chain.at().hash ? changes : undefined,
  );
  assert.notEqual(changed[0]![1], value);
  client.items.length = 0;
  await client.ask("dev_restore", "before");
  const undone = await client.next("state_storage", ({block, changes}: Changes) =>
    block === hash ? changes : undefined,
  );
  assert.deepEqual(undone, [[key, value]]);
  await client.next("chain_newHead", (head: {number: string}) =>
    Number(head.number) === number ? true : undefined,
  );
  await client.next("chainHead_v1_followEvent", (event: {event: string; bestBlockHash?: string}) =>
    event.event === "stop" || event.bestBlockHash === hash ? true : undefined,
  );
});

interface Changes {
  readonly block: string;
  readonly changes: readonly [string, string | null][];
}

/** Of an account that the chain has: the first of the map whose key ends with its public key. */
async function storageKey(client: Listener, address: string): Promise<string> {
  const {decodeSs58} = await import("#crypto");
  const decoded = decodeSs58(address);
  assert.ok(decoded?.ok);
  const end = Buffer.from(decoded.value.bytes).toString("hex");
  const prefix = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
  const keys = (await client.ask("state_getKeysPaged", prefix, 1_000)) as string[];
  return keys.find(key => key.endsWith(end))!;
}
