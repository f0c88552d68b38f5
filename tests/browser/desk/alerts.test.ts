import assert from "node:assert/strict";
import {once} from "node:events";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {test} from "node:test";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {connect, pairs, sendFinal} from "../../support/polkadot.ts";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk, takePicture} from "./desk.ts";

interface AlertsJson {
  readonly rules: readonly {readonly code: string; readonly state: string}[];
}

const registerStrangeKeys = async (node: KhalaProcess) => {
  const api = await connect(node.url);
  const pairOf = await pairs();
  const keys = {
    aura: pairOf("//Nobody").publicKey,
    grandpa: pairOf("//Nobody//at all").publicKey,
  };
  await sendFinal(api, api.tx.session!.setKeys!(keys, "0x"), pairOf("//Alice"));
  await api.disconnect();
};

test("the page says which rules fire, since when, and what became of the last message, without the address's secret", async t => {
  let status = 500;
  const told: string[] = [];
  const server = createServer((request, response) => {
    request.on("data", chunk => told.push(String(chunk)));
    request.on("end", () => response.writeHead(status).end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const node = await startKhala([
    "dev",
    "--rpc-port=0",
    "--param=slot=1s",
    `--alert-webhook=http://me:hush@${host}/unsaid?token=hush`,
  ]);
  t.after(() => node.stop());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const {page, goTo, close} = await openDesk(browser, node.url);
  await goTo("node");
  const panel = page.getByRole("region", {name: "Alerts", exact: true});
  await panel.getByText("all calm").waitFor();
  await panel.getByText(host).waitFor();
  await panel.getByText("none yet").waitFor();
  await registerStrangeKeys(node);
  await panel
    .getByText(/[1-9] firing$/)
    .first()
    .waitFor();
  await panel
    .locator("tbody tr", {hasText: /Keys that the chain expects are not here.*firing/})
    .waitFor();
  await panel.getByText("not taken, status 500").waitFor();
  status = 200;
  await panel.getByText("✓taken, status 200").waitFor();
  assert.match(told.join(), /"alert":"keys-missing","state":"firing"/);
  await assertAccessible(page, "alerts");
  await takePicture(page, "alerts-1440");
  const {rules} = await rpc<AlertsJson>(node.url, "collator_alerts", []);
  assert.deepEqual(
    // A busy machine misses slots as short as these.
    rules
      .filter(({code, state}) => state === "firing" && code !== "missed-slots")
      .map(({code}) => code),
    ["keys-missing"],
  );
  assert.doesNotMatch(await page.content(), /hush|unsaid/);
  await close();
});

test("a node that makes no blocks and has nobody to tell says that nothing is watched over", async t => {
  const node = await startKhala(["--chain=local", "--tmp", "--rpc-port=0"]);
  t.after(() => node.stop());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const {page, goTo, close} = await openDesk(browser, node.url);
  await goTo("node");
  await page.getByText(/^Nothing is watched over/).waitFor();
  await close();
});
