import assert from "node:assert/strict";
import {bytesToHex, hex} from "#base";
import type {CollatorChain} from "#runtime";
import {Overlay, type StateView} from "#state";
import type {RecordedSummary, Vector} from "./vector.ts";

/** Compares all that a summary tells with what our state holds; accounts and keys are told by their names. */
export function compareSummary(
  {
    system,
    balances,
    transactionPayment,
    collatorSelection,
    session,
    aura,
    authorship,
  }: CollatorChain,
  {accounts}: Vector,
  view: StateView,
  recorded: RecordedSummary,
  where: string,
): void {
  const state = new Overlay(view);
  const names = new Map(Object.entries(accounts).map(([name, key]) => [key as string, name]));
  const nameOf = (account: Uint8Array) => names.get(bytesToHex(account)) ?? bytesToHex(account);
  const {desiredCandidates, candidacyBond} = collatorSelection.storage;
  const invulnerables = collatorSelection.storage.invulnerables.get(state);
  const candidates = collatorSelection.storage.candidates.get(state);
  const disabled = session.storage.disabledValidators.get(state);
  const author = authorship.storage.author.get(state);
  const authored = Object.entries(accounts)
    .map(
      ([name, who]) =>
        [name, collatorSelection.storage.lastAuthoredBlock.get(state, hex(who))] as const,
    )
    .filter(([, block]) => block > 0);
  const info = (name: string) => {
    const account = system.storage.account.get(state, hex(accounts[name]!));
    const {nonce, consumers, providers, sufficients, data} = account;
    const {free, reserved, frozen, flags} = data;
    const flagBits = flags.toString(16).padStart(32, "0");
    return `nonce=${nonce} cons=${consumers} prov=${providers} suff=${sufficients} free=${free} res=${reserved} frozen=${frozen} flags=${flagBits}`;
  };
  const ours: RecordedSummary = {
    sessionIndex: session.storage.currentIndex.get(state) || null,
    queuedChanged: session.storage.queuedChanged.get(state) || null,
    disabled: disabled.length === 0 ? null : disabled,
    author: author === undefined ? null : nameOf(author),
    validators: session.storage.validators.get(state).map(nameOf),
    queuedKeys: session.storage.queuedKeys
      .get(state)
      .map(([who, {aura: key}]) => [nameOf(who), nameOf(key)]),
    auraAuthorities: aura.storage.authorities.get(state).map(nameOf),
    auraSlot: String(aura.storage.currentSlot.get(state)),
    invulnerables: invulnerables.map(nameOf),
    candidates: `${candidates.length} entries`,
    desiredCandidates: desiredCandidates.get(state),
    candidacyBond: String(candidacyBond.get(state)),
    lastAuthored: Object.fromEntries(authored),
    totalIssuance: String(balances.storage.totalIssuance.get(state)),
    feeMultiplier: String(transactionPayment.storage.nextFeeMultiplier.get(state)),
    accounts: Object.fromEntries(Object.keys(recorded.accounts).map(name => [name, info(name)])),
  };
  assert.deepEqual(ours, recorded, `${where}: summary`);
}
