// One smoldot with one chain, on a thread of its own: ending the thread ends its timers too, some of which run for
// ten minutes.
import {parentPort, workerData} from "node:worker_threads";
import {start} from "smoldot";

const client = start({
  maxLogLevel: 4,
  logCallback: (_, target, message) => parentPort.postMessage({log: `${target} ${message}`}),
});
try {
  const chain = await client.addChain({chainSpec: workerData.chainSpec});
  parentPort.on("message", request => chain.sendJsonRpc(request));
  parentPort.postMessage({ready: true});
  for (;;) parentPort.postMessage({answer: await chain.nextJsonRpcResponse()});
} catch (error) {
  parentPort.postMessage({failure: String(error)});
}
