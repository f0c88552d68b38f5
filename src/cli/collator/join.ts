import {bytesToHex, equalBytes} from "#base";
import {decodeSs58} from "#crypto";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {askFacts, type CollatorFacts} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {DeskError} from "../desk/desk-error.ts";
import {MadeKeys} from "../desk/made-keys.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {OperatorCall} from "../desk/operator-calls.ts";
import {feeOf} from "../desk/send-call.ts";
import {type ChosenKeys, chooseKeys} from "../desk/session-keys.ts";
import {awaitPending, NOTHING_TO_SETTLE, type Settled, settleCalls} from "../desk/settle-call.ts";
import {readSigner, type Signer} from "../desk/signer.ts";
import {awaitFirstBlock} from "./await-first-block.ts";
import {bondAsked} from "./bond-asked.ts";
import {checkAccount, checkBalance} from "./check-account.ts";
import {askNode, checkNode, clockText} from "./check-node.ts";

const isIn = ({member}: CollatorFacts): boolean =>
  member?.kind === "Candidate" || member?.kind === "Invulnerable";

const hasKeys = ({account: {nextKeys}}: CollatorFacts, {keys}: ChosenKeys): boolean =>
  nextKeys !== undefined && equalBytes(nextKeys.all, keys);

/** Makes an account a collator, from wherever it stands to its first block. */
export async function join(desk: Desk): Promise<number> {
  const {link, chain, values, say, terminal} = desk;
  const signer = await readSigner(values, terminal, desk.keyPairs);
  const address = desk.address(signer.account);
  // A chain where nobody registers is told so before anything else.
  desk.calls.registerAsCandidate();
  const node = await askNode(link);
  say("node", `${chain.program} at ${link.place}`);
  await checkNode(link, node);
  say("chain", `${chain.name}, genesis ${bytesToHex(chain.genesisHash)}`);
  const {best, finalized, peers, status} = node;
  say("synced", `block ${best}, final ${finalized}, ${peers} ${peers === 1 ? "peer" : "peers"}`);
  say("clock", status === undefined ? "the node does not compare it" : clockText(status.clock));
  say("account", address);
  await awaitPending(desk, address, signer.account);
  const facts = await askFacts(desk, signer.account);
  checkAccount(desk, facts, signer.account);
  const made = new MadeKeys(chain.genesisHash, signer.account);
  if (!isIn(facts)) await checkBond(desk, signer, facts);
  const chosen = await chooseKeys(
    link,
    values,
    {account: signer.account, registered: facts.account.nextKeys?.all},
    made,
  );
  say("keys", `${bytesToHex(chosen.keys)}, ${KEY_WORDS[chosen.origin]}`);
  await watchFor(desk, address);
  const {calls, isDone} = await register(desk, signer, facts, chosen);
  const done = {account: address, keys: bytesToHex(chosen.keys), calls};
  if (!isDone) {
    answer(terminal, values, {...done, isRegistered: false, authored: null}, []);
    return SUCCESS;
  }
  made.forget();
  if (values.has("no-wait")) {
    answer(terminal, values, {...done, isRegistered: true, authored: null}, [
      "registered; khala collator status says when it authors",
    ]);
    return SUCCESS;
  }
  const authored = await awaitFirstBlock(desk, signer.account);
  answer(terminal, values, {...done, isRegistered: true, authored}, [
    `authored: block ${authored.number} ${authored.hash}; ${address} collates`,
  ]);
  return SUCCESS;
}

const KEY_WORDS: Readonly<Record<ChosenKeys["origin"], string>> = {
  registered: "on the chain and held by the node",
  named: "held by the node",
  "made before": "made by the node in an earlier run",
  "made now": "made by the node",
};

/** Before anything is made in the node: the fee is that of both calls, whatever the keys. */
async function checkBond(desk: Desk, {account}: Signer, facts: CollatorFacts): Promise<void> {
  const {calls} = desk;
  const missing = calls.together([calls.setKeys(calls.noKeys()), calls.registerAsCandidate()]);
  checkBalance(desk, facts, account, await feeOf(desk, account, missing));
  const candidates = facts.set.members.filter(({kind}) => kind === "Candidate").length;
  const {desiredCandidates = "an unknown number"} = facts.set;
  desk.say("places", `${candidates} of ${desiredCandidates} taken`);
}

/** Registration; with a bond of one's own choice, or in the place of somebody with a lower one, where places go by bonds. */
function candidacy({calls, values, chain}: Desk, facts: CollatorFacts): OperatorCall[] {
  const bond = bondAsked(values, chain, calls, facts.set.candidacyBond);
  const replaced = values.one("replace");
  if (replaced === undefined) {
    const register = calls.registerAsCandidate();
    return bond === undefined ? [register] : [register, calls.updateBond(bond)];
  }
  const target = decodeSs58(replaced);
  if (bond === undefined || !target.ok) {
    throw new DeskError({
      code: "flag-invalid",
      what:
        bond === undefined
          ? "--replace needs a --bond that is higher"
          : `--replace ${replaced}: no address`,
      todo: "khala collator set shows who has which bond",
    });
  }
  return [calls.takeCandidateSlot(bond, target.value.bytes)];
}

/** Nodes of this program then tell of the account's turns. */
async function watchFor({link}: Desk, address: string): Promise<void> {
  try {
    await link.askUnsafe("collator_watch", address);
  } catch (error) {
    if (!NodeLink.isUnknownMethod(error)) throw error;
  }
}

/** Brings what is missing onto the chain; not done where a wallet elsewhere is still to sign it. */
async function register(
  desk: Desk,
  signer: Signer,
  facts: CollatorFacts,
  chosen: ChosenKeys,
): Promise<Settled> {
  const {calls} = desk;
  const missing: OperatorCall[] = [];
  if (!hasKeys(facts, chosen)) missing.push(calls.setKeys(chosen.keys, chosen.proof));
  if (!isIn(facts)) missing.push(...candidacy(desk, facts));
  if (missing.length > 0) {
    return settleCalls(desk, signer, missing, now => isIn(now) && hasKeys(now, chosen));
  }
  desk.say("registered", facts.member?.kind === "Candidate" ? "a candidate already" : "appointed");
  return NOTHING_TO_SETTLE;
}
