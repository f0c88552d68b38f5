import {invariant} from "#base";
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {SessionParts} from "./config.ts";
import {registerKeys} from "./key-registry.ts";
import type {SessionKeys} from "./keys.ts";

/** The first two sessions' sets, from the keys known before block 1 (spec/pallets §12.6). */
export function buildGenesis(
  state: Externalities,
  session: SessionParts,
  keys: readonly (readonly [AccountId, SessionKeys])[],
): void {
  const {storage, deps} = session;
  for (const [account, own] of keys) {
    const registered = registerKeys(state, session, account, own);
    invariant(registered.ok, "two genesis validators share a session key");
    if (!deps.references.incConsumersWithoutLimit(state, account).ok) {
      deps.references.incProviders(state, account);
    }
  }
  const first = deps.manager.newSession(state, 0) ?? keys.map(([account]) => account);
  const second = deps.manager.newSession(state, 1) ?? first;
  invariant(first.length > 0 && second.length > 0, "genesis without validators");
  const queued = second.map((account): [AccountId, SessionKeys] => {
    const own = storage.nextKeys.get(state, account);
    invariant(own !== undefined, "genesis validator without session keys");
    return [account, own];
  });
  for (const handler of deps.handlers) {
    handler.onGenesisSession(
      state,
      queued.map(([, own]) => own[handler.keyType.field]!),
    );
  }
  storage.validators.set(state, first);
  storage.queuedKeys.set(state, queued);
}
