/** A process of two hundred clients that follow a chain, each with four subscriptions; it reports when told to. */
import {hexToBytes} from "#base";
import {Client} from "./node-process.ts";

const CLIENTS = 200;
/** The slot that the pre-digest names, in milliseconds; as in (o). */
const SLOT = 2_000;

export interface ClientsReport {
  readonly clients: number;
  readonly closed: number;
  /** Finalized heads that a client was not told of, all clients together. */
  readonly missed: number;
  readonly emptySlots: number;
  readonly late: number;
  /** Milliseconds. */
  readonly slowest: number;
  readonly transfersPerBlock: number;
}

interface Head {
  readonly number: string;
  readonly digest: {readonly logs: readonly string[]};
}

const [, , url] = process.argv;
let closed = 0;
let missed = 0;
const slots: number[] = [];
const delays: number[] = [];

async function follow(isFirst: boolean): Promise<Client> {
  const client = await Client.connect(url!);
  client.onClose = () => {
    closed++;
  };
  let finalized: string | undefined;
  let newHeads: string | undefined;
  let last: number | undefined;
  client.onNotification = (result, subscription) => {
    if (subscription === finalized) {
      const number = Number((result as Head).number);
      if (last !== undefined) missed += number - last - 1;
      last = number;
    }
    if (isFirst && subscription === newHeads) note(result as Head);
  };
  finalized = (await client.call("chain_subscribeFinalizedHeads", [])) as string;
  newHeads = (await client.call("chain_subscribeNewHeads", [])) as string;
  await client.call("state_subscribeStorage", [[EVENT_COUNT]]);
  await client.call("chainHead_v1_follow", [true]);
  return client;
}

/** System.EventCount, which changes with every block. */
const EVENT_COUNT = "0x26aa394eea5630e07c48ae0c9558cef70a98fdbe9ce6c55837576c60c7af3850";

function note({digest, number}: Head): void {
  const bytes = hexToBytes(digest.logs[0]!)!;
  const slot = Number(new DataView(bytes.buffer, bytes.byteOffset + 6).getBigUint64(0, true));
  // The first may have been there long before us.
  if (slots.length > 0 || Number(number) === 0) delays.push(Date.now() - slot * SLOT);
  slots.push(slot);
}

const clients = await Promise.all(Array.from({length: CLIENTS}, (_, i) => follow(i === 0)));

process.on("message", async () => {
  const closedBefore = closed;
  const [one] = clients;
  const head = (await one!.call("chain_getHeader", [])) as Head;
  let transfers = 0;
  const blocks = 10;
  for (let back = 1; back <= blocks; back++) {
    const hash = await one!.call("chain_getBlockHash", [Number(head.number) - back]);
    const {block} = (await one!.call("chain_getBlock", [hash])) as {block: {extrinsics: unknown[]}};
    transfers += block.extrinsics.length - 1;
  }
  const gaps = slots.slice(1).map((slot, i) => slot - slots[i]! - 1);
  const report: ClientsReport = {
    clients: CLIENTS,
    closed: closedBefore,
    missed,
    emptySlots: gaps.reduce((all, gap) => all + gap, 0),
    late: delays.filter(delay => delay > SLOT).length,
    slowest: Math.max(...delays),
    transfersPerBlock: transfers / blocks,
  };
  process.send!(report);
});
