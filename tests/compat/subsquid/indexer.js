// A subsquid indexer as its users write it: every block, event and call, from block 0 on, by RPC alone.
import {SubstrateBatchProcessor} from "@subsquid/substrate-processor";
import {SqliteStore} from "./store.js";

const {NODE_URL, DATABASE} = process.env;
const store = new SqliteStore(DATABASE);
process.on("SIGTERM", () => {
  store.close();
  process.exit(0);
});

new SubstrateBatchProcessor()
  .setRpcEndpoint({url: NODE_URL})
  .setRpcDataIngestionSettings({headPollInterval: 500})
  .setBlockRange({from: 0})
  .includeAllBlocks()
  .setFields({
    block: {timestamp: true, validator: true},
    event: {name: true, args: true},
    call: {name: true, args: true, success: true, origin: true},
    extrinsic: {fee: true, tip: true, hash: true, signature: true},
  })
  .addEvent({extrinsic: true})
  .addCall({extrinsic: true})
  .run(store, async ({blocks, store, isHead}) => {
    for (const {header, events, calls} of blocks) {
      const {height} = header;
      store.insertBlock(header);
      for (const {name, args} of events) store.insertEvent({height, name, args});
      for (const {name, args, extrinsic} of calls) {
        const signer = extrinsic.signature?.address;
        store.insertCall({
          height,
          name,
          args,
          signer: signer && JSON.stringify(signer),
          fee: extrinsic.fee,
        });
      }
    }
    process.stdout.write(`indexed ${blocks.at(-1)?.header.height} ${isHead ? "head" : ""}\n`);
  });
