import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {until} from "../../support/network.ts";
import {connectHttp, type Dev, follow, PHA, pairOf, startDev} from "./kit.ts";

/** What subql asks, by its own client: block after block over HTTP, without one subscription. */
let dev: Dev;
before(async () => {
  // Without fees to the authors there is one transfer to be found.
  dev = await startDev("--param=slot=200ms", "--param=fees=burn");
});
after(() => dev.close());

test("an indexer over HTTP walks every block to the final head and finds a transfer", async () => {
  const [alice, bob] = [pairOf("//Alice"), pairOf("//Bob")];
  await follow(dev.api.tx.balances.transferKeepAlive(bob.address, PHA), alice);
  const api = await connectHttp(dev.url);
  const transfers: string[] = [];
  const finalHeight = async () => {
    const {number} = await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
    return number.toNumber();
  };
  await until("there are some blocks", async () => (await finalHeight()) >= 5);
  for (let height = 0, end = await finalHeight(); height <= end; height++) {
    const hash = await api.rpc.chain.getBlockHash(height);
    const [{block}, {specName}, at] = await Promise.all([
      api.rpc.chain.getBlock(hash),
      api.rpc.state.getRuntimeVersion(hash),
      api.at(hash),
    ]);
    assert.equal(block.header.number.toNumber(), height);
    assert.equal(specName.toString(), "khala-ts");
    for (const {event} of await at.query.system.events()) {
      if (api.events.balances.Transfer.is(event)) transfers.push(event.data[1].toString());
    }
  }
  assert.deepEqual(transfers, [bob.address]);
  await api.disconnect();
});
