import assert from "node:assert/strict";
import {test} from "node:test";
import {setTimeout as wait} from "node:timers/promises";
import {startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {openDesk, takePicture} from "./desk.ts";

const CHAIN = ["dev", "--rpc-port=0", "--param=slot=100ms"];
/** A node that is so far behind does not count as at the head. */
const AHEAD = 100;

const heightOf = async (url: string): Promise<number> =>
  Number((await rpc<{number: string}>(url, "chain_getHeader", [])).number);

test("a node that is behind reads so, at which block it is, and goes on when its peer answers again", async t => {
  const peer = await startKhala(CHAIN);
  t.after(() => peer.stop("SIGKILL"));
  const browser = await launchBrowser();
  t.after(() => browser.close());
  while ((await heightOf(peer.url)) < AHEAD) await wait(200);
  const [address] = await rpc<string[]>(peer.url, "system_localListenAddresses", []);
  // It makes no blocks by itself, which would be of another chain than its peer's.
  const node = await startKhala([...CHAIN, "--seal=manual", `--bootnodes=${address}`]);
  t.after(() => node.stop());
  // The peer hangs as soon as it has said how far it is.
  while (!(await rpc<{isSyncing: boolean}>(node.url, "system_health", [])).isSyncing) await wait(5);
  peer.child.kill("SIGSTOP");
  const {verdict, page, complaints} = await openDesk(browser, node.url);
  assert.match(
    await verdict("out-of-sync"),
    /^Not producing: catching up with the chain, at block \d+\.$/,
  );
  await takePicture(page, "verdict-out-of-sync");
  peer.child.kill("SIGCONT");
  while ((await heightOf(node.url)) < AHEAD) await wait(100);
  await page.locator('[data-verdict="out-of-sync"]').waitFor({state: "detached"});
  assert.deepEqual(complaints, []);
});
