import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {startKhala} from "../../support/khala-process.ts";
import {RawClient} from "../support/raw-client.ts";
import {follow} from "./follow.ts";

/** Memory that the process holds, in MiB. */
function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
}

test("two hundred clients that leave with live follows leave nothing behind", async t => {
  const node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  t.after(() => node.stop());
  const cycle = async () => {
    const client = await RawClient.open(node.url);
    const {events} = await follow(client);
    await events.find("a best block", ({event}) => event === "bestBlockChanged");
    client.socket.terminate();
  };
  for (let i = 0; i < 50; i++) await cycle();
  const before = residentMemory(node.child.pid!);
  for (let i = 0; i < 200; i++) await cycle();
  const grown = residentMemory(node.child.pid!) - before;
  // The chain itself grows by some blocks meanwhile; a pinned metadata or state alone would be more a client.
  assert.ok(grown < 40, `memory grew by ${grown.toFixed(0)} MiB`);
  // And the follows that a connection may have are all there for the next.
  const client = await RawClient.open(node.url);
  for (let i = 0; i < 4; i++) await follow(client);
  assert.equal((await client.fail("chainHead_v1_follow", true)).code, -32_800);
  await client.close();
});
