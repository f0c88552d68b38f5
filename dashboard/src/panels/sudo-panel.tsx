import {useState} from "preact/hooks";
import {ACCOUNT_EXPECTED, readAccount} from "../chain/account-text.ts";
import type {ChainRuntime} from "../chain/chain-runtime.ts";
import type {SetMember} from "../contract/index.ts";
import {CallAction} from "../parts/call-action.tsx";
import {Address} from "../parts/names.tsx";
import {Panel} from "../parts/panel.tsx";
import {encodeCall, sudoCall} from "../sign/calls.ts";
import {chain} from "../state/chain.ts";
import {collatorSet} from "../state/collator.ts";
import {currentRuntime} from "../state/current-runtime.ts";
import {sudoKey} from "../state/sudo-key.ts";
import {amountExample, amountText, parseAmount} from "../text/amount.ts";
import {unitName} from "../text/amount-unit.ts";
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
  const wrong = written.split(/\s+/).find(each => readAccount(each, runtime) === undefined);
  return wrong === undefined ? undefined : `“${wrong}” is none: it takes ${ACCOUNT_EXPECTED}`;
}

const WHOLE = /^\d+$/;

/** Root's calls about the set, for chains on which it is rehearsed. */
export function SudoPanel() {
  const set = collatorSet.value.value;
  const key = sudoKey.value.value?.account;
  const unread =
    sudoKey.failure.value ?? (key === null ? "this chain does not publish Sudo.Key" : undefined);
  const [desired, setDesired] = useState("");
  const [bond, setBond] = useState("");
  const [invulnerables, setInvulnerables] = useState("");
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
          hindrance={WHOLE.test(desired) ? undefined : "a whole number"}
          build={async () =>
            sudoCall(
              await encodeCall("CollatorSelection", "set_desired_candidates", {
                max: Number(desired),
              }),
            )
          }
        />
        <label class="field">
          <span>
            Bond of a candidate in {knownText(chain.value?.unit, unitName)}, now{" "}
            {knownText(set?.candidacyBond, amountText)}
          </span>
          <input
            inputMode="numeric"
            value={bond}
            onInput={e => setBond(e.currentTarget.value.trim())}
          />
        </label>
        <CallAction
          label="Set the bond"
          hindrance={parseAmount(bond) === undefined ? amountExample() : undefined}
          build={async () =>
            sudoCall(
              await encodeCall("CollatorSelection", "set_candidacy_bond", {
                bond: parseAmount(bond),
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
