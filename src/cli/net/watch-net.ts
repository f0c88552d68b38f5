import {bytesToHex, hexToBytes} from "#base";
import {createNativeHashing} from "#crypto-native";
import type {ChainEvent} from "#description";
import {isBare} from "#primitives";
import {askEvents} from "../desk/ask-events.ts";
import {askRuntime, type ChainRuntime} from "../desk/chain-runtime.ts";
import {askSession} from "../desk/collator-facts.ts";
import {type JsonHeader, slotOfJson} from "../json-header.ts";
import {type Ask, RpcClient} from "../rpc-client.ts";
import type {NetNode, NetOutput} from "./running-net.ts";

/** Tells of each block in a line, as the first node that answers sees it, and of what happens to the set. */
export async function watchNet(
  nodes: readonly NetNode[],
  output: NetOutput,
): Promise<{stop(): void}> {
  const hashing = await createNativeHashing();
  let known: Promise<ChainRuntime> | undefined;
  const names = new Map(nodes.map(({account, name}) => [bytesToHex(account), name]));
  const nameOf = (account: Uint8Array) => names.get(bytesToHex(account)) ?? bytesToHex(account);
  let client: RpcClient | undefined;
  let isStopped = false;
  let finalized = 0;
  let order: Promise<void> = Promise.resolve();

  const ask: Ask = (method, ...params) => client!.ask(method, params);
  /** All nodes run the same one. */
  const runtime = async (): Promise<ChainRuntime> => {
    known ??= askRuntime(ask, hashing);
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };

  const tell = async (head: JsonHeader) => {
    const number = Number(head.number);
    const slot = slotOfJson(head);
    // The block that a chain begins with, at 0 or later, was made in no slot and by nobody.
    if (slot === undefined) return;
    const hash = (await client!.ask("chain_getBlockHash", [number])) as string;
    const block = (await client!.ask("chain_getBlock", [hash])) as {
      block: {extrinsics: readonly string[]};
    };
    const chain = await runtime();
    const before = await askSession({ask, chain}, head.parentHash);
    const after = await askSession({ask, chain}, hash);
    const author = nameOf(before.validators[slot % before.validators.length]!);
    const transactions = block.block.extrinsics.filter(each => !isInherent(each)).length;
    output.line(
      `#${number} ${hash.slice(0, 10)} by ${author}, ${transactions} tx, final #${finalized}`,
    );
    const list = await askEvents(ask, chain, hash);
    for (const line of notable(list?.events ?? [], nameOf)) output.line(line);
    if (after.index !== before.index) {
      const set = after.validators.map(nameOf);
      const joined = set.filter(name => !before.validators.map(nameOf).includes(name));
      const left = before.validators.map(nameOf).filter(name => !set.includes(name));
      const changes = [...joined.map(name => `+${name}`), ...left.map(name => `-${name}`)];
      const change = changes.length === 0 ? "the same authors" : changes.join(" ");
      output.line(`session ${after.index} begins: ${set.length} authors, ${change}`);
    }
  };

  const complain = (what: string) => (error: unknown) => {
    if (!isStopped)
      output.line(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  };

  const follow = async ([node, ...rest]: readonly NetNode[]): Promise<void> => {
    if (isStopped) return;
    if (node === undefined) {
      output.line("no node answers any more: there is nothing to show");
      return;
    }
    const onGone = () => {
      complain(`${node.name} is watched no longer`)("it does not answer");
      follow(rest).catch(complain("watching ended"));
    };
    try {
      client = await RpcClient.connect(node.url, onGone);
    } catch (error) {
      complain(`${node.name} cannot be watched`)(error);
      return follow(rest);
    }
    try {
      await client.subscribe("chain_subscribeFinalizedHeads", item => {
        finalized = Math.max(finalized, Number((item as JsonHeader).number));
      });
      await client.subscribe("chain_subscribeNewHeads", item => {
        // In their order, each after the questions about the one before have been answered.
        const head = item as JsonHeader;
        order = order
          .then(() => tell(head))
          .catch(complain(`block ${Number(head.number)} cannot be shown`));
      });
    } catch (error) {
      complain(`${node.name} cannot be watched`)(error);
      // Which goes on to the next one.
      client.close();
    }
  };
  await follow(nodes);
  return {
    stop() {
      isStopped = true;
      client?.close();
    },
  };
}

/** By what its bytes say: bare ones that somebody sent are few. */
const isInherent = (extrinsic: string): boolean => isBare(hexToBytes(extrinsic) ?? NOTHING);
const NOTHING = new Uint8Array(0);

/** Who came and who went, in words. */
function notable(events: readonly ChainEvent[], nameOf: (account: Uint8Array) => string): string[] {
  return events.flatMap(({name: what, fields}) => {
    const account = () => nameOf((fields as {accountId: Uint8Array}).accountId);
    if (what === "CollatorSelection.CandidateAdded") return [`${account()} is a candidate`];
    if (what === "CollatorSelection.CandidateRemoved") {
      return [`${account()} is no candidate any more: kicked or gone, its bond is back`];
    }
    if (what === "Grandpa.NewAuthorities") return ["the voters on finality have changed"];
    return [];
  });
}
