import {type BinaryString, invariant, type Report, type Result} from "#base";
import type {Hashing} from "#crypto";
import {type ChainDescription, readNamedState} from "#description";
import {CODE_KEY, REHEARSAL_KEY} from "#primitives";
import type {SessionKeyKind} from "#runtime-api";
import {recountIssuance, replaceAccounts} from "./accounts.ts";
import {checkDistinct, replaceAuthors} from "./block-authors.ts";
import {timeSettings} from "./chain-time.ts";
import {replaceGovernance} from "./governance.ts";
import {noLongerReads} from "./other-code.ts";
import {forgetRelayChain, lastRelayNumber} from "./relay-history.ts";
import {encodeSettings, faultOfSettings, type RehearsalSettings} from "./settings.ts";
import {StateDraft} from "./state-draft.ts";
import {attemptRehearsal, stop} from "./stop.ts";
import type {RehearsalReport, RehearsalWishes} from "./wishes.ts";

/** Block numbers have 32 bits; a million of them is more than anybody rehearses. */
const LAST_START = 2 ** 32 - 1_000_000;

type Entries = ReadonlyMap<BinaryString, Uint8Array>;

/** All keys of a chain's state, as `chain-spec` has them. */
export interface WholeState {
  readonly top: Entries;
  readonly children: ReadonlyMap<BinaryString, Entries>;
}

/** What is known of the chain that the state is of. */
export interface RehearsedChain {
  readonly state: WholeState;
  /** By the runtime of the state itself. */
  readonly description: ChainDescription;
  /** By the code that runs instead of it, where other code was wished for and describes itself. */
  readonly nextDescription?: ChainDescription | undefined;
  /** Of the runtime's session keys, in its order. */
  readonly keyKinds: readonly SessionKeyKind[];
  /** Milliseconds. */
  readonly slotDuration: number;
  readonly hashing: Hashing;
}

export interface Rehearsal {
  readonly state: WholeState;
  readonly settings: RehearsalSettings;
  readonly report: RehearsalReport;
}

/**
 * The first state of a rehearsal, made of a chain's own by the names that its runtime publishes. Fails where a value cannot be
 * written so that it reads back equal; what the chain has no place for is skipped and said. Throws for a state that is one
 * already (`isRehearsed`).
 */
export function rehearse(
  chain: RehearsedChain,
  wishes: RehearsalWishes,
): Result<Rehearsal, Report> {
  return attemptRehearsal(() => {
    const {state, description, hashing, keyKinds, slotDuration} = chain;
    invariant(!state.top.has(REHEARSAL_KEY), "nothing is rehearsed twice");
    checkDistinct(wishes.collators);
    const draft = new StateDraft(state.top, description, hashing, wishes.names);
    const relayNumber = lastRelayNumber(draft);
    const former = replaceAuthors(draft, wishes, keyKinds);
    replaceAccounts(draft, wishes, former);
    replaceGovernance(draft, wishes);
    forgetRelayChain(draft);
    for (const json of wishes.changes) change(draft, json, hashing);
    // Who asks for another issuance than the sum has it.
    if (!namesItem(wishes.changes, "Balances", "TotalIssuance")) {
      recountIssuance(draft, wishes.keepsAccounts);
    }
    const time = timeSettings(
      {
        // After what was asked for: it may be another moment, or another relay block.
        now: asBigint(draft.read("Timestamp.Now")),
        relayNumber: Math.max(relayNumber, lastRelayNumber(draft)),
        slotDuration,
      },
      wishes.realStart,
    );
    if (wishes.code !== undefined) replaceCode(draft, wishes.code, chain);
    const settings: RehearsalSettings = {
      ...time,
      rate: wishes.rate,
      hashing: wishes.hashing,
      proofSize: wishes.proofSize,
      voters: wishes.collators.map(({account, voter}) => ({account, key: voter})),
    };
    const fault = faultOfSettings(settings);
    if (fault !== undefined) {
      stop({
        code: "rehearsal-settings-invalid",
        what: `the rehearsal cannot begin after this state: ${fault}`,
        todo: "see whether the state's time, or what --set says of it, is right",
      });
    }
    draft.putRaw(REHEARSAL_KEY, encodeSettings(settings));
    draft.note(REHEARSAL_KEY, `:= ${wishes.collators.length} voters, rate ${wishes.rate}`);
    // After what was asked for: it may be another number.
    const startsAt = Number(draft.read("System.Number") ?? 0);
    if (startsAt > LAST_START) {
      stop({
        code: "rehearsal-start-invalid",
        what: `a chain that begins at block ${startsAt} has no numbers left`,
        facts: [["most", LAST_START.toString()]],
        todo: "see whether System.Number of the export, or of --set, is right",
      });
    }
    if (startsAt > 0 && !wishes.keepsAccounts) {
      draft.notes.push(
        "what other pallets hold of accounts that are gone (assets, identities, votes) stays as it was",
      );
    }
    const {replaced, skipped, notes} = draft;
    return {
      state: {top: draft.top, children: state.children},
      settings,
      report: {replaced, skipped, notes, startsAt},
    };
  });
}

const namesItem = (changes: readonly unknown[], pallet: string, item: string): boolean =>
  (changes as readonly Record<string, object>[]).some(each => item in (each[pallet] ?? {}));

const asBigint = (value: unknown): bigint => (typeof value === "bigint" ? value : 0n);

function change(draft: StateDraft, json: unknown, hashing: Hashing): void {
  const changes = readNamedState(draft.description, json, hashing);
  if (!changes.ok) {
    const {at, expected} = changes.error;
    stop({
      code: "rehearsal-change-invalid",
      what: `${at === "" ? "the change" : at} does not fit the runtime`,
      facts: [["expected", expected]],
      todo: "correct what stands behind --set",
    });
  }
  draft.apply(changes.value);
  for (const [pallet, items] of Object.entries(json as Record<string, object>)) {
    for (const item of Object.keys(items)) draft.note(`${pallet}.${item}`, "changed as asked");
  }
}

function replaceCode(draft: StateDraft, code: Uint8Array, chain: RehearsedChain): void {
  draft.putRaw(CODE_KEY, code);
  draft.note(CODE_KEY, `:= ${code.length} bytes`);
  draft.notes.push("other code runs over the state: all its migrations run in the first block");
  const {description: before, nextDescription: after, hashing} = chain;
  if (after === undefined) draft.notes.push("the other code does not describe itself here");
  else draft.notes.push(...noLongerReads(draft.top, {before, after}, hashing));
}
