import type {CollatorSet, SetMember} from "../contract/index.ts";
import {CallAction} from "../parts/call-action.tsx";
import {Panel} from "../parts/panel.tsx";
import {encodeCall} from "../sign/calls.ts";
import {signer} from "../sign/signer.ts";
import {collatorSet} from "../state/collator.ts";
import {operatorCalls} from "../state/operator-calls.ts";
import {isSameAccount} from "../text/account.ts";
import {amountText} from "../text/amount.ts";
import {knownText, UNKNOWN} from "../text/known.ts";
import {ChangeBond, TakePlace} from "./bond-actions.tsx";

function bondText({candidacyBond, members}: CollatorSet, isOfChoice: boolean): string {
  const bond =
    candidacyBond === null
      ? `What a candidate has to have reserved is ${UNKNOWN}.`
      : `A candidate has ${amountText(candidacyBond)}${isOfChoice ? " or more" : ""} reserved for as long as it stands.`;
  const places = isOfChoice
    ? " The highest bonds have the places; who has one may only raise it."
    : "";
  const turns = "It authors two sessions later, and as long again after it has left.";
  return `${bond}${members?.some(isOfSessions) ? ` ${turns}` : ""}${places}`;
}

/** Of a chain that queues keys for the session to come, as pallet_session does: who joins waits for the one after it. */
const isOfSessions = ({isQueued}: SetMember): boolean => isQueued !== null;

/** To stand for collating, and to stop. */
export function CollatorActionsPanel() {
  const set = collatorSet.value.value;
  const calls = operatorCalls.value.value;
  const address = signer.value?.address;
  const member =
    address === undefined
      ? undefined
      : set?.members?.find(({account}) => isSameAccount(account, address));
  const isIn = member?.kind === "Candidate" || member?.kind === "Invulnerable";
  // Who is in no set that is known, or of a kind that is told, may leave if it is one; else the chain decides.
  const isNoCandidate =
    member === undefined ? !!set?.members : member.kind !== null && member.kind !== "Candidate";
  return (
    <Panel
      title="2 · Candidacy"
      aside={
        member === undefined
          ? undefined
          : `${signer.value?.name} is: ${knownText(member.kind, kind => kind.toLowerCase())}`
      }
    >
      <p class="lead">
        {set === undefined
          ? "Asking what the bond is …"
          : bondText(set, calls?.takesBonds === true)}
      </p>
      <div class="cards">
        <CallAction
          label="Register as a candidate"
          of={[]}
          hindrance={isIn ? "it is in the set already" : undefined}
          build={() => encodeCall("CollatorSelection", "register_as_candidate")}
        />
        <CallAction
          label="Leave"
          of={[]}
          hindrance={address !== undefined && isNoCandidate ? "it is no candidate" : undefined}
          build={() => encodeCall("CollatorSelection", "leave_intent")}
        />
        {calls?.takesBonds && <ChangeBond set={set} member={member} />}
        {calls?.takesPlaces && <TakePlace set={set} member={member} />}
      </div>
    </Panel>
  );
}
