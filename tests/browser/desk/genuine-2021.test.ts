import assert from "node:assert/strict";
import {test} from "node:test";
import {rpc} from "../../support/rpc.ts";
import {launchBrowser} from "../browser.ts";
import {assertAccessible, openDesk, takePicture} from "./desk.ts";
import {act, asRoot, genuineSpecs, startGenuine} from "./genuine-chain.ts";

const BOB = "43qsYbZGLn2xzNuurY6BY4QNDSUU7gLEcXuckpm6B3DEmEx9";

interface SetJson {
  readonly desiredCandidates: number;
  readonly members: readonly {readonly account: string; readonly kind: string}[];
}

for (const file of genuineSpecs("khala.json")) {
  test("on the genuine khala 1, whose metadata 13 names types alone, an operator does all from the page", async t => {
    const node = await startGenuine(file);
    t.after(() => node.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const desk = await openDesk(browser, node.url);
    const {page, goTo} = desk;
    const set = () => rpc<SetJson>(node.url, "collator_set", []);
    const lookUp = async (entry: string, key?: string) => {
      await goTo("state");
      await page.getByLabel("Entry").selectOption(entry);
      if (key !== undefined) await page.getByLabel("Key, or empty for all").fill(key);
      await page.getByRole("button", {name: "Query"}).click();
    };

    await t.test("root's calls by the sudo key", async () => {
      await goTo("submit");
      await page.getByRole("button", {name: "Alice", exact: true}).click();
      await page.getByLabel("Candidates wanted").fill("2");
      await act(page, "Set how many candidates are wanted", "Sudo.sudo");
      assert.equal((await set()).desiredCandidates, 2);
      // `System.remark_with_event` is of later years: a remark leaves nothing but its extrinsic.
      await page.getByLabel(/^The call's bytes in hex/).fill("0x000110c0ffee00");
      await page.getByLabel("in the name of root").check();
      await act(page, "Sign this call", "Sudo.sudo");
    });

    await t.test(
      "keys and candidacy, refused with the chain's own words where they would be",
      async () => {
        await page.getByRole("button", {name: "Bob", exact: true}).click();
        await page.getByRole("button", {name: "Register as a candidate"}).click();
        await page
          .getByText(/it fails: CollatorSelection\.\w+|it fails: Session\.\w+|it works/)
          .waitFor();
        await page.getByRole("button", {name: "Cancel"}).click();
        await page.getByRole("button", {name: "Leave"}).waitFor();
        await page.getByRole("button", {name: "Make new keys on this node"}).click();
        await page.getByText("kept in this node's keystore").waitFor();
        await act(page, "Register these keys", "Session.set_keys");
        await act(page, "Register as a candidate", "CollatorSelection.register_as_candidate");
        const {members} = await set();
        assert.equal(members.find(({account}) => account === BOB)?.kind, "Candidate");
        await assertAccessible(page, "after candidacy");
        await goTo("collators");
        await page.getByRole("row", {name: /^Bob 43qsYb… ?\w{6}.* candidate/}).waitFor();
        await takePicture(page, "khala-1-set");
      },
    );

    await t.test(
      "blocks with their authors, events and calls by name, of which one's arguments nobody describes",
      async () => {
        await goTo("blocks");
        const newest = page.getByRole("row").nth(1);
        await newest.waitFor();
        assert.match(await newest.innerText(), /Alice 45R2pf…\w{6}/, "its author, Alice");
        await newest.getByRole("link").first().click();
        await page.getByText("CollatorSelection.register_as_candidate").waitFor();
        await page
          .getByText(/^CollatorSelection\.CandidateAdded Bob 43qsYb…\w+, 16 PHA$/)
          .waitFor({state: "attached"});
        await page.getByText("ParachainSystem.set_validation_data").click();
        await page
          .getByText(
            "Its arguments cannot be read: nothing is known of the type ParachainInherentData",
          )
          .waitFor();
        await takePicture(page, "khala-1-block");
      },
    );

    await t.test(
      "state by names, also where a pallet's keys begin with another name, and by which types where nobody knows them",
      async () => {
        await lookUp("CollatorSelection.Candidates");
        await page.locator("pre", {hasText: `"who": "${BOB}"`}).waitFor();
        await lookUp("Session.NextKeys", BOB);
        await page.locator("pre", {hasText: /"?aura"?|^"?0x[0-9a-f]{64}"?$/}).waitFor();
        await lookUp("System.Account", BOB);
        await page.locator("pre", {hasText: '"nonce": 2'}).waitFor();
        // It stands under Instance1Collective.
        await lookUp("Council.Members");
        await page.locator("pre", {hasText: BOB}).waitFor();
        await lookUp("Scheduler.StorageVersion");
        await page.getByText("nothing is known of the type Releases").waitFor();
      },
    );

    await t.test("leaving", async () => {
      await goTo("submit");
      await act(page, "Leave", "CollatorSelection.leave_intent");
      assert.notEqual(
        (await set()).members.find(({account}) => account === BOB)?.kind,
        "Candidate",
      );
      await goTo("trends");
      await page
        .getByText(/expected/)
        .first()
        .waitFor();
      assert.deepEqual(desk.complaints, []);
    });

    await t.test("a call that fails in a block is told by its error's name", async () => {
      await asRoot(node.url, "CollatorSelection.set_desired_candidates", {max: 0});
      await goTo("submit");
      await page.getByRole("button", {name: "Register as a candidate"}).click();
      await page.getByText("it fails: CollatorSelection.TooManyCandidates").waitFor();
      await page.getByRole("button", {name: "Send anyway"}).click();
      const what = "CollatorSelection.TooManyCandidates";
      await page
        .getByText(`CollatorSelection.register_as_candidate is final, and failed: ${what}`)
        .waitFor();
      await page.getByText(`It is in its block, and failed there: ${what}`).waitFor();
    });
  });
}
