import {useState} from "preact/hooks";
import {accountExpected, readAccount} from "../chain/account-text.ts";
import type {ChainRuntime} from "../chain/chain-runtime.ts";
import type {SetMember} from "../contract/index.ts";
import {AmountField} from "../parts/amount-field.tsx";
import {CallAction} from "../parts/call-action.tsx";
import {Address} from "../parts/names.tsx";
import {Panel} from "../parts/panel.tsx";
import {encodeCall, sudoCall} from "../sign/calls.ts";
import {amountArgument, argumentOf} from "../state/argument.ts";
import {collatorSet} from "../state/collator.ts";
import {currentRuntime} from "../state/current-runtime.ts";
import {sudoKey} from "../state/sudo-key.ts";
import {exactAmountText} from "../text/amount.ts";
import {knownText} from "../text/known.ts";

/** Undefined where it is not known of each member which kind it is of. */
const appointedIn = (members: readonly SetMember[] | null | undefined) =>
  members?.every(({kind}) => kind !== null)
    ? members.filter(({kind}) => kind === "Invulnerable")
    : undefined;

/** Why these are no accounts, one a line. */
function accountsHindrance(text: string, runtime: ChainRuntime | undefined): string | undefined {
  const written = text.trim();
  if (written === "" || runtime === undefined) return "at least one account";
  const each = written.split(/\s+/);
  const wrong = each.find(one => readAccount(one, runtime) === undefined);
  if (wrong !== undefined) return `“${wrong}” is none: it takes ${accountExpected(wrong)}`;
  const read = each.map(one => readAccount(one, runtime));
  const twice = each.find((_, i) => read.indexOf(read[i]) < i);
  return twice === undefined ? undefined : `“${twice}” stands there twice`;
}

/** Root's calls about the set, for chains on which it is rehearsed. */
export function SudoPanel() {
  const set = collatorSet.value.value;
  const key = sudoKey.value.value?.account;
  const unread =
    sudoKey.failure.value ?? (key === null ? "this chain does not publish Sudo.Key" : undefined);
  const [desired, setDesired] = useState("");
  const [bond, setBond] = useState("");
  const [invulnerables, setInvulnerables] = useState("");
  const wanted = argumentOf(["CollatorSelection", "set_desired_candidates", "max"], desired);
  const asked = amountArgument(["CollatorSelection", "set_candidacy_bond", "bond"], bond);
  const appointed = appointedIn(set?.members);
  const runtime = currentRuntime.value.value;
  return (
    <Panel
      title="Root's calls"
      aside={
        <>
          signed by the sudo key
          {key && (
            <>
              , <Address of={key} />
            </>
          )}
          {unread && ` (which could not be read: ${unread})`}
        </>
      }
    >
      <div class="cards">
        <label class="field">
          <span>Candidates wanted, now {knownText(set?.desiredCandidates)}</span>
          <input
            inputMode="numeric"
            value={desired}
            onInput={e => setDesired(e.currentTarget.value.trim())}
          />
        </label>
        <CallAction
          label="Set how many candidates are wanted"
          of={[desired]}
          hindrance={wanted.hindrance}
          build={async () =>
            sudoCall(
              await encodeCall("CollatorSelection", "set_desired_candidates", {
                max: wanted.value,
              }),
            )
          }
        />
        <AmountField
          label="Bond of a candidate"
          aside={`, now ${knownText(set?.candidacyBond, exactAmountText)}`}
          value={bond}
          onChange={setBond}
        />
        <CallAction
          label="Set the bond"
          of={[bond]}
          hindrance={asked.hindrance}
          build={async () =>
            sudoCall(
              await encodeCall("CollatorSelection", "set_candidacy_bond", {
                bond: asked.value,
              }),
            )
          }
        />
        <label class="field">
          <span>Invulnerables, one address or name a line, now {knownText(appointed?.length)}</span>
          <textarea
            rows={3}
            value={invulnerables}
            placeholder={appointed?.map(({account}) => account).join("\n")}
            onInput={e => setInvulnerables(e.currentTarget.value)}
          />
        </label>
        <CallAction
          label="Appoint these"
          of={[invulnerables]}
          hindrance={accountsHindrance(invulnerables, runtime)}
          build={async () =>
            sudoCall(
              await encodeCall("CollatorSelection", "set_invulnerables", {
                new: invulnerables
                  .trim()
                  .split(/\s+/)
                  .map(each => readAccount(each, runtime!)),
              }),
            )
          }
        />
      </div>
    </Panel>
  );
}
