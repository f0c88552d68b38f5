import {ApiPromise, Keyring, WsProvider} from "@polkadot/api";
import {call} from "khala/testing";
import {khala} from "khala/testing/vitest";
import {expect, test} from "vitest";

const it = khala(test, {accounts: ["carol"], parameters: {session: 10}});

it("a page that lists candidates shows the one who has just registered, and its bond", async ({
  chain,
}) => {
  const api = await ApiPromise.create({provider: new WsProvider(chain.url), noInitWarn: true});
  const carol = new Keyring({type: "sr25519"}).addFromUri("//Carol");
  const keys = await api.rpc.author.rotateKeys();
  await api.tx.session.setKeys(keys, "0x").signAndSend(carol, {nonce: -1});
  await api.tx.collatorSelection.registerAsCandidate().signAndSend(carol, {nonce: -1});
  await chain.mine();

  const candidates = await api.query.collatorSelection.candidates();
  expect(candidates.toJSON()).toMatchObject([{who: chain.addressOf("carol")}]);
  expect(chain.at().bondOf("carol")).toBe(16_000_000_000_000n);
  await api.disconnect();
});

it("governance changes the bond, and nobody has to sign for it here", async ({chain}) => {
  const raised = await chain.dispatch(
    "root",
    call("CollatorSelection.set_candidacy_bond", {bond: 20_000_000_000_000n}),
  );
  expect(raised.error).toBeUndefined();
  expect(chain.at().storage("CollatorSelection.CandidacyBond")).toBe(20_000_000_000_000n);
  await chain.nextSession();
  expect(chain.at().number).toBe(10);
});
