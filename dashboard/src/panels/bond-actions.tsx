import {useState} from "preact/hooks";
import type {CollatorSet, SetMember} from "../contract/index.ts";
import {AmountField} from "../parts/amount-field.tsx";
import {CallAction} from "../parts/call-action.tsx";
import {encodeCall} from "../sign/calls.ts";
import {amountArgument} from "../state/argument.ts";
import {exactAmountText} from "../text/amount.ts";
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
  const {value: bond, hindrance} = amountArgument(
    ["CollatorSelection", "update_bond", "new_deposit"],
    text,
  );
  const isCandidate = member?.kind === "Candidate";
  const own = isCandidate && member.deposit !== null ? BigInt(member.deposit) : undefined;
  return (
    <>
      <AmountField
        label="Its bond"
        aside={`, now ${isCandidate ? knownText(member.deposit, exactAmountText) : "none"}, at least ${knownText(set?.candidacyBond, exactAmountText)}`}
        name="bond"
        value={text}
        onChange={setText}
      />
      <p class="soft">
        {priceText(bonds, exactAmountText)}{" "}
        {bond !== undefined && (!set?.members || isCandidate) && rankText(bond, bonds)}
      </p>
      <CallAction
        label="Change the bond"
        of={[text]}
        hindrance={
          set?.members && !isCandidate
            ? "it is no candidate"
            : bond === undefined
              ? hindrance
              : bond === own
                ? "that is what it has now"
                : bondHindrance(bond, bonds, exactAmountText)
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
  const {value: bond, hindrance} = amountArgument(
    ["CollatorSelection", "take_candidate_slot", "deposit"],
    text,
  );
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
                {short(account)}, {knownText(deposit, exactAmountText)}
              </option>
            ))}
          </select>
        </label>
        <AmountField label="With a bond" name="deposit" value={text} onChange={setText} />
      </div>
      {bond !== undefined && <p class="soft">{rankText(bond, bonds)}</p>}
      <CallAction
        label="Take another candidate's place"
        of={[text, target?.account]}
        hindrance={
          isIn
            ? "it is in the set already"
            : target === undefined
              ? "nobody is a candidate"
              : bond === undefined
                ? hindrance
                : bondHindrance(bond, {...bonds, above}, exactAmountText)
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
