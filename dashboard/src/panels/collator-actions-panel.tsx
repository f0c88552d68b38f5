import {CallAction} from "../parts/call-action.tsx";
import {Panel} from "../parts/panel.tsx";
import {encodeCall} from "../sign/calls.ts";
import {signer} from "../sign/signer.ts";
import {collatorSet} from "../state/collator.ts";
import {amountText} from "../text/amount.ts";
import {knownText} from "../text/known.ts";

/** To stand for collating, and to stop. */
export function CollatorActionsPanel() {
  const set = collatorSet.value.value;
  const address = signer.value?.address;
  const member = set?.members?.find(({account}) => account === address);
  const isIn = member?.kind === "Candidate" || member?.kind === "Invulnerable";
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
          : `A candidate has ${knownText(set.candidacyBond, amountText)} reserved for as long as it stands. It authors two sessions later, and as long again after it has left.`}
      </p>
      <div class="cards">
        <CallAction
          label="Register as a candidate"
          hindrance={isIn ? "it is in the set already" : undefined}
          build={() => encodeCall("CollatorSelection", "register_as_candidate")}
        />
        <CallAction
          label="Leave"
          hindrance={
            address !== undefined && member?.kind !== "Candidate" ? "it is no candidate" : undefined
          }
          build={() => encodeCall("CollatorSelection", "leave_intent")}
        />
      </div>
    </Panel>
  );
}
