import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../../support/khala-process.ts";
import {connect, pairs} from "../../support/polkadot.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk, takePicture} from "./desk.ts";

interface SetJson {
  readonly kicked: readonly {readonly block: number; readonly at: number}[];
}

test("who was kicked reads when, why and that the bond is back, on the first screen and in the set", async t => {
  const node = await startKhala([
    "dev",
    "--rpc-port=0",
    "--seal=manual",
    "--param=session=10",
    "--param=kick=10",
  ]);
  t.after(() => node.stop());
  const api = await connect(node.url);
  t.after(() => api.disconnect());
  const pairOf = await pairs();
  const dave = pairOf("//Dave");
  const keys = {aura: pairOf("//Nobody").publicKey, grandpa: pairOf("//Nobody//2").publicKey};
  await api.tx.session!.setKeys!(keys, "0x").signAndSend(dave, {nonce: 0});
  await api.tx.collatorSelection!.registerAsCandidate!().signAndSend(dave, {nonce: 1});
  await rpc(node.url, "dev_newBlock", [{count: 1}]);
  await rpc(node.url, "collator_watch", [dave.address]);
  const kicks = async () => (await rpc<SetJson>(node.url, "collator_set", [])).kicked;
  for (let session = 0; session < 6 && (await kicks()).length === 0; session++) {
    await rpc(node.url, "dev_nextSession", []);
  }
  const [kick] = await kicks();
  assert.ok(kick !== undefined, "kicked within six sessions");
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const {page, verdict, goTo, complaints, close} = await openDesk(browser, node.url);
  const sentence = await verdict("kicked");
  assert.ok(sentence.startsWith(`Kicked at block ${kick.block}: silent for `), sentence);
  assert.equal(await page.locator("[data-since]").getAttribute("data-since"), String(kick.at));
  await takePicture(page, "verdict-kicked");
  await goTo("collators");
  const panel = page.getByRole("region", {name: "Kicked lately", exact: true});
  const row = panel.locator("tbody tr");
  assert.equal(await row.count(), 1);
  assert.match(
    (await row.textContent())!,
    /^Dave .*silent for \d+ blocks, and 10 lead to that16 PHA.*no candidate$/,
  );
  await assertAccessible(page, "who was kicked");
  await takePicture(page, "kicked-lately-1440");
  assert.deepEqual(complaints, []);
  await close();
});
