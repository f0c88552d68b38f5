import assert from "node:assert/strict";
import {basename} from "node:path";
import {test} from "node:test";
import type {Page} from "playwright-core";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {standBetween} from "./between.ts";
import {assertAccessible, DESK, openDesk, takePicture} from "./desk.ts";
import {act, asRoot, genuineSpecs, startGenuine} from "./genuine-chain.ts";

interface SetJson {
  readonly candidacyBond: string;
  readonly members: readonly {
    readonly account: string;
    readonly kind: string;
    readonly deposit: string;
  }[];
}

/** Of 2026. */
const TEMPLATE = "polkadot-stack-template-chain_spec.json";

/** Registers keys and stands for collating, with the least bond. */
async function register(page: Page, who: string): Promise<void> {
  await page.getByRole("button", {name: who, exact: true}).click();
  await page.getByRole("button", {name: "Make new keys on this node"}).click();
  await page.getByText("kept in this node's keystore").waitFor();
  await act(page, "Register these keys", "Session.set_keys");
  await act(page, "Register as a candidate", "CollatorSelection.register_as_candidate");
}

for (const file of genuineSpecs("pz-people-polkadot.json", TEMPLATE)) {
  test(`on ${basename(file)} places go by bonds: a candidate raises its own, and another one takes a place from the page`, async t => {
    const node = await startGenuine(file);
    t.after(() => node.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());
    await asRoot(node.url, "CollatorSelection.set_desired_candidates", {max: 1});
    const candidates = async () => {
      const {members} = await rpc<SetJson>(node.url, "collator_set", []);
      return members.filter(({kind}) => kind === "Candidate");
    };
    const desk = await openDesk(browser, node.url);
    const {page, goTo} = desk;
    await goTo("submit");
    await register(page, "Bob");
    const {candidacyBond} = await rpc<SetJson>(node.url, "collator_set", []);
    const [bob] = await candidates();
    assert.equal(bob!.deposit, candidacyBond);
    await register(page, "Charlie");
    const charlie = (await candidates()).find(({account}) => account !== bob!.account)!;
    const bondOf = async ({account}: {account: string}) =>
      (await candidates()).find(each => each.account === account)?.deposit;

    await t.test(
      "a bond that is no amount, what it is already or below the least is not signed",
      async () => {
        const button = page.getByRole("button", {name: "Change the bond"});
        const field = page.getByLabel(/^Its bond in \w+, now [\d.]+ \w+, at least [\d.]+ \w+$/);
        const least = /now ([\d.]+) /.exec(await page.getByText(/^Its bond in/).innerText())![1]!;
        for (const [text, words] of [
          ["much", /^an amount, such as/],
          [least, /^that is what it has now$/],
          ["0.0001", /^below the least, which is [\d.]+ \w+$/],
        ] as const) {
          await field.fill(text);
          await page.getByText(words).first().waitFor();
          assert.equal(await button.isDisabled(), true, text);
        }
      },
    );

    await t.test("a higher bond takes the one place, and the page says so before", async () => {
      await page.getByText(/^It takes more than [\d.]+ \w+ for the one place\./).waitFor();
      await page.getByLabel(/^Its bond in/).fill("10");
      await page.getByText("With that it would be number 1 of 2, with a place.").waitFor();
      await act(page, "Change the bond", "CollatorSelection.update_bond");
      assert.ok(BigInt((await bondOf(charlie))!) > BigInt(candidacyBond));
      await page.getByText(/^Its bond in \w+, now 10 \w+/).waitFor();
      await takePicture(page, `bonds-${basename(file, ".json")}`);
      await assertAccessible(page, "with the bond's actions");
    });

    await t.test(
      "who has the place may not lower its bond, as the chain says to who tries",
      async () => {
        await page.getByLabel(/^Its bond in/).fill("5");
        await page.getByRole("button", {name: "Change the bond"}).click();
        await page.getByText("it fails: CollatorSelection.InvalidUnreserve").waitFor();
        await page.getByRole("button", {name: "Cancel"}).click();
      },
    );

    await t.test(
      "another one takes a candidate's place with more than it has, and no less",
      async () => {
        await page.getByRole("button", {name: "Dave", exact: true}).click();
        await page.getByRole("button", {name: "Make new keys on this node"}).click();
        await page.getByText("kept in this node's keystore").waitFor();
        await act(page, "Register these keys", "Session.set_keys");
        await page.getByLabel("Instead of").selectOption(charlie.account);
        await page.getByLabel("With a bond in").fill("10");
        await page.getByText(/^it takes more than the 10 \w+ there$/).waitFor();
        await page.getByLabel("With a bond in").fill("11.5");
        await act(page, "Take another candidate's place", "CollatorSelection.take_candidate_slot");
        assert.equal(await bondOf(charlie), undefined);
        const [first, second] = await candidates();
        assert.ok(BigInt(first!.deposit) > BigInt(second!.deposit));
        assert.deepEqual(second!.account, bob!.account);
        await goTo("collators");
        await page.getByRole("cell", {name: /^11\.5 \w+$/}).waitFor();
        assert.deepEqual(desk.complaints, []);
      },
    );
  });
}

/** In metadata: a name with its length in front, a type below 64, a balance of 0. */
const KEY_DEPOSIT = /(284b65794465706f736974(?:..|..01)40)0{32}/;

/** 2.5 whole ones; the chain itself asks for none. */
const DEPOSIT = `00a89c1346020000${"0".repeat(16)}`;

for (const file of genuineSpecs(TEMPLATE)) {
  test("where something is held for session keys, the page says how much before any are registered", async t => {
    const node = await startGenuine(file);
    t.after(() => node.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const holding = (text: string) => text.replace(KEY_DEPOSIT, (_, head) => head + DEPOSIT);
    const {page, goTo} = await openDesk(browser, node.url, {viewport: DESK}, async opened => {
      await standBetween(opened, {
        change: said =>
          typeof said.result === "string" ? {...said, result: holding(said.result)} : said,
      });
    });
    await goTo("submit");
    await page
      .getByText("2.5 UNIT are held for keys, from when an account first registers some.")
      .waitFor();
  });
}
