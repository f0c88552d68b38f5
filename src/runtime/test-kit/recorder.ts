import {bool, compactU32, option, u32, vec} from "#codec";
import {accountId, type Weight, weight} from "#primitives";
import {call, done, ensureRoot, ensureSigned, failed, type PalletScope} from "../frame/index.ts";

/**
 * A pallet that does nothing but write down who called it: `note` wants root, `say` a signer, and `work` succeeds or
 * fails as it is told, with the weight it is told.
 */
export function createRecorder(scope: PalletScope) {
  const storage = {
    notes: scope.storage.value("Notes", vec(u32), {docs: "", fallback: []}),
    speakers: scope.storage.value("Speakers", vec(accountId), {docs: "", fallback: []}),
  };
  const note = call({
    name: "note",
    index: 0,
    docs: "",
    args: {value: u32, weight},
    class: "Operational",
    weight: args => args.weight,
    dispatch(state, origin, {value}) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      storage.notes.set(state, [...storage.notes.get(state), value]);
      return done();
    },
  });
  const say = call({
    name: "say",
    index: 1,
    docs: "",
    args: {value: compactU32, weight},
    weight: args => args.weight,
    dispatch(state, origin, {value}) {
      const who = ensureSigned(origin);
      if (!who.ok) return failed(who.error);
      storage.notes.set(state, [...storage.notes.get(state), value]);
      storage.speakers.set(state, [...storage.speakers.get(state), who.value]);
      return done();
    },
  });
  const work = call({
    name: "work",
    index: 2,
    docs: "",
    args: {fails: bool, declared: weight, actual: option(weight)},
    weight: args => args.declared,
    dispatch(state, origin, {fails, actual}) {
      const who = ensureSigned(origin);
      if (!who.ok) return failed(who.error);
      storage.speakers.set(state, [...storage.speakers.get(state), who.value]);
      const post: {actualWeight: Weight | undefined} = {actualWeight: actual};
      return fails ? failed({type: "Other"}, post) : done(post);
    },
  });
  return {
    storage,
    pallet: {
      name: scope.name,
      index: scope.index,
      docs: "",
      crate: "recorder",
      storageVersion: 0,
      storage: scope.storage.entries,
      constants: [],
      calls: [note, say, work],
    },
  };
}
