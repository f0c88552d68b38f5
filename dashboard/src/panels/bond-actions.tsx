import {useState} from "preact/hooks";
import type {CollatorSet, SetMember} from "../contract/index.ts";
import {CallAction} from "../parts/call-action.tsx";
import {encodeCall} from "../sign/calls.ts";
import {chain} from "../state/chain.ts";
import {amountExample, amountText, parseAmount} from "../text/amount.ts";
import {unitName} from "../text/amount-unit.ts";
import {type Bonds, bondHindrance, priceText, rankText} from "../text/bond-words.ts";
import {knownText} from "../text/known.ts";
import {short} from "../text/short.ts";

interface BondProps {
  readonly set: CollatorSet | undefined;
  /** Who signs, among those of the set. */
  readonly member: SetMember | undefined;
}

/** In the order of the set, which is that of their bonds. */
const candidatesIn = (set: CollatorSet | undefined): readonly SetMember[] =>
  set?.members?.filter(({kind}) => kind === "Candidate") ?? [];

/** What others have, beside those who are named; undefined where it is not known of each. */
function bondsIn(set: CollatorSet | undefined, beside: readonly (string | undefined)[]): Bonds {
  const others = candidatesIn(set).filter(({account}) => !beside.includes(account));
  const isKnown = set?.members && others.every(({deposit}) => deposit !== null);
  return {
    least: set?.candidacyBond == null ? undefined : BigInt(set.candidacyBond),
    places: set?.desiredCandidates ?? undefined,
    others: isKnown ? others.map(({deposit}) => BigInt(deposit!)) : undefined,
  };
}

/** A bond of one's own choice, on chains where places go by bonds. */
export function ChangeBond({set, member}: BondProps) {
  const [text, setText] = useState("");
  const bonds = bondsIn(set, [member?.account]);
  const bond = parseAmount(text);
  const isCandidate = member?.kind === "Candidate";
  const own = isCandidate && member.deposit !== null ? BigInt(member.deposit) : undefined;
  return (
    <>
      <label class="field">
        <span>
          Its bond in {knownText(chain.value?.unit, unitName)}, now{" "}
          {isCandidate ? knownText(member.deposit, amountText) : "none"}, at least{" "}
          {knownText(set?.candidacyBond, amountText)}
        </span>
        <input
          name="bond"
          inputMode="decimal"
          autocomplete="off"
          value={text}
          onInput={event => setText(event.currentTarget.value.trim())}
        />
      </label>
      <p class="soft">
        {priceText(bonds, amountText)}{" "}
        {bond !== undefined && (!set?.members || isCandidate) && rankText(bond, bonds)}
      </p>
      <CallAction
        label="Change the bond"
        hindrance={
          set?.members && !isCandidate
            ? "it is no candidate"
            : bond === undefined
              ? amountExample()
              : bond === own
                ? "that is what it has now"
                : bondHindrance(bond, bonds, amountText)
        }
        build={() => encodeCall("CollatorSelection", "update_bond", {new_deposit: bond})}
      />
    </>
  );
}

/** Instead of a candidate that has less, who gets its bond back. */
export function TakePlace({set, member}: BondProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  const candidates = candidatesIn(set);
  const target = candidates.find(({account}) => account === chosen) ?? candidates.at(-1);
  const bonds = bondsIn(set, [target?.account]);
  const bond = parseAmount(text);
  const isIn = member?.kind === "Candidate" || member?.kind === "Invulnerable";
  const above = target?.deposit == null ? undefined : BigInt(target.deposit);
  return (
    <>
      <div class="row ends">
        <label class="field">
          <span>Instead of</span>
          <select
            name="target"
            value={target?.account}
            onChange={event => setChosen(event.currentTarget.value)}
          >
            {candidates.map(({account, deposit}) => (
              <option key={account} value={account}>
                {short(account)}, {knownText(deposit, amountText)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>With a bond in {knownText(chain.value?.unit, unitName)}</span>
          <input
            name="deposit"
            inputMode="decimal"
            autocomplete="off"
            value={text}
            onInput={event => setText(event.currentTarget.value.trim())}
          />
        </label>
      </div>
      {bond !== undefined && <p class="soft">{rankText(bond, bonds)}</p>}
      <CallAction
        label="Take another candidate's place"
        hindrance={
          isIn
            ? "it is in the set already"
            : target === undefined
              ? "nobody is a candidate"
              : bond === undefined
                ? amountExample()
                : bondHindrance(bond, {...bonds, above}, amountText)
        }
        build={() =>
          encodeCall("CollatorSelection", "take_candidate_slot", {
            deposit: bond,
            target: target!.account,
          })
        }
      />
    </>
  );
}
