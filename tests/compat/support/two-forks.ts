import {startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";

/** Two nodes of one chain that have not met, each making blocks when told. Too few voters: nothing becomes final. */
export async function startStrangers() {
  const start = (name: string) =>
    startKhala([
      "--chain=local",
      `--${name}`,
      "--tmp",
      "--rpc-port=0",
      "--seal=manual",
      "--param=slot=200ms",
      "--listen-addr=/ip4/127.0.0.1/tcp/0",
    ]);
  const [one, two] = await Promise.all([start("alice"), start("bob")]);
  return {
    one,
    two,
    async meet() {
      const [address] = await rpc<string[]>(one.url, "system_localListenAddresses", []);
      await rpc(two.url, "system_addReservedPeer", [address]);
    },
    async close() {
      await Promise.all([one.stop(), two.stop()]);
    },
  };
}

/** Makes a block on the best one; answers its hash. */
export async function seal(node: {readonly url: string}): Promise<string> {
  const {hash} = await rpc<{hash: string}>(node.url, "engine_createBlock", [true, false]);
  return hash;
}
