import {equalBytes} from "#base";
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import {trap} from "../../frame/index.ts";
import {GRANDPA_KEY, type SessionHandler} from "../session/index.ts";
import {type Authorities, readAuthorities, writeAuthorities} from "./authorities.ts";
import type {GrandpaParts} from "./config.ts";
import {grandpaLog} from "./consensus-log.ts";
import {scheduleChange} from "./schedule-change.ts";

const WEIGHT = 1n;

function sameList(a: Authorities, b: Authorities): boolean {
  return a.length === b.length && a.every(([key], i) => equalBytes(key, b[i]![0]));
}

/** What Session tells Grandpa, and what becomes of it (docs/grandpa-pallet §5). */
export function grandpaSessionHandler(grandpa: GrandpaParts): SessionHandler {
  const {config, storage} = grandpa;

  /** The list for the session that begins; the current one where there is no reason to change it. */
  const nextAuthorities = (
    state: Externalities,
    keys: readonly Uint8Array[],
    validators: readonly AccountId[],
  ): Authorities => {
    const current = readAuthorities(state);
    if (config.voters.kind === "genesis") return current;
    const isMember = config.voters.isMember(state);
    const next = keys
      .filter((_, i) => isMember(validators[i]!))
      .slice(0, config.maxAuthorities)
      .map(key => [key, WEIGHT] as const);
    return next.length === 0 ? current : next;
  };

  return {
    keyType: GRANDPA_KEY,
    onGenesisSession(state, keys) {
      if (keys.length === 0) return;
      if (readAuthorities(state).length > 0) trap("Authorities are already initialized!");
      writeAuthorities(
        state,
        keys.map(key => [key, WEIGHT] as const),
      );
      storage.currentSetId.set(state, 0n);
      storage.setIdSession.set(state, 0n, 0);
    },
    onNewSession(state, _changed, keys, validators) {
      const next = nextAuthorities(state, keys, validators);
      const stalled = storage.stalled.get(state);
      let setId = storage.currentSetId.get(state);
      if (stalled !== undefined || !sameList(next, readAuthorities(state))) {
        if (stalled !== undefined) storage.stalled.remove(state);
        const [delay, forced] = stalled ?? [0, undefined];
        if (scheduleChange(state, grandpa, {nextAuthorities: next, delay, forced}).ok) {
          setId += 1n;
          storage.currentSetId.set(state, setId);
          // No reports of double votes are taken, so only the present set's session is of interest.
          storage.setIdSession.remove(state, setId - 1n);
        }
      }
      storage.setIdSession.set(state, setId, config.sessionIndex(state));
    },
    onDisabled: (state, index) =>
      config.depositLog(state, grandpaLog({type: "OnDisabled", value: BigInt(index)})),
  };
}
