import assert from "node:assert/strict";
import {test} from "node:test";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk} from "./desk.ts";
import {act, genuineSpecs, startGenuine} from "./genuine-chain.ts";

for (const file of genuineSpecs("rhala.json", "khala.json")) {
  const name = file.replace(/^.*\//, "");
  test(`the genuine chain of ${name} is at home on the page`, async t => {
    const node = await startGenuine(file);
    t.after(() => node.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const desk = await openDesk(browser, node.url);
    const {page, goTo} = desk;

    await t.test(
      "accounts by name, a transfer, and what became of it on the account's page",
      async () => {
        await goTo("accounts");
        await page.getByRole("row", {name: /^Alice \w+… ?\w+ mine [\d,.]+ PHA sudo key/}).waitFor();
        const transfer = page.getByRole("region", {name: "Transfer"});
        await transfer.getByLabel("From").selectOption("Alice");
        await transfer.getByLabel("To, an address or a name").fill("Bob");
        await transfer.getByLabel("Amount in PHA").fill("12.5");
        await act(page, "Transfer", "Balances.transfer_keep_alive");
        await page.getByRole("row", {name: /^Bob \w+… ?\w+ 1,000,012\.5 PHA/}).waitFor();
        await assertAccessible(page, `accounts of ${name}`);
        await goTo("accounts/Bob");
        await page
          .getByRole("region", {name: "What it sent, and events that name it"})
          .getByText(/Alice \w+…\w+ mine, (to: )?Bob \w+…\w+, (amount: )?12\.5 PHA$/)
          .waitFor();
      },
    );

    await t.test("the faucet, by the name that root's call has here", async () => {
      const faucet = page.getByRole("region", {name: "Faucet"});
      await faucet.getByLabel("How much, in PHA").fill("1.5");
      await faucet.getByRole("button", {name: "Give"}).click();
      await faucet.getByText("Given by root's Balances.set_balance in block").waitFor();
      await page
        .locator("dt", {hasText: "Free"})
        .locator("+ dd", {hasText: "1,000,014 PHA"})
        .waitFor();
    });

    await t.test("what was sent is found by its hash, and by words of its events", async () => {
      await goTo("accounts");
      const hash = await page.locator(".events .mono").first().getAttribute("title");
      await page.getByRole("searchbox").fill(hash!);
      await page.getByRole("button", {name: "Search"}).click();
      await page
        .getByRole("region", {name: "Balances.transfer_keep_alive"})
        .getByText(/^dest: Bob \w+…\w+, value: 12\.5 PHA$/)
        .waitFor();
      await goTo("events/balanceset");
      await page.getByText(/Bob \w+…\w+, (free: )?1,000,014 PHA/).waitFor();
      await assertAccessible(page, `events of ${name}`);
    });

    await t.test("a call of its own, and one within another, filled in by its types", async () => {
      await goTo("submit");
      const builder = page.getByRole("region", {name: "Build a call"});
      await builder.getByLabel(/^Pallet/).selectOption("Utility");
      await builder.getByLabel(/^Call/).selectOption("batch_all");
      await builder.getByRole("button", {name: "Add to calls"}).click();
      await builder.getByLabel(/^1\b/).selectOption("Balances");
      await builder.getByLabel(/^1: Balances/).selectOption("transfer_keep_alive");
      await builder.getByLabel("dest, Id, an address or a name").fill("Charlie");
      await builder.getByLabel(/^value in PHA/).fill("0.25");
      await act(page, "Sign the built call", "Utility.batch_all");
      await goTo("accounts/Charlie");
      await page
        .locator("dt", {hasText: "Free"})
        .locator("+ dd", {hasText: "1,000,000.25 PHA"})
        .waitFor();
      assert.deepEqual(desk.complaints, []);
    });
  });
}
