import {bytesToBinary, compareBytes, concatBytes, utf8Bytes} from "#base";
import {encode, fixedBytes, tuple, u64, vec} from "#codec";
import {findPallet, readConstant} from "#description";
import type {SessionKeyKind} from "#runtime-api";
import {encodedKeys} from "./session-keys.ts";
import type {StateDraft} from "./state-draft.ts";
import {stop} from "./stop.ts";
import type {RehearsalCollator, RehearsalWishes} from "./wishes.ts";

/** Whoever made the chain's blocks before, as far as accounts know of it. */
export interface FormerAuthors {
  readonly withKeys: readonly Uint8Array[];
  readonly bonds: readonly (readonly [account: Uint8Array, bond: bigint])[];
}

/** Items that hold who has authored and when: of slots and relay blocks that this chain's time does not know. */
const PAST_BLOCKS = [
  "Aura.CurrentSlot",
  "AuraExt.SlotInfo",
  "AuraExt.RelaySlotInfo",
  "Authorship.Author",
  "Authorship.DidSetUncles",
  "Authorship.Uncles",
  "ShiftSessionManager.InitialValidators",
];

const auraKeys = vec(fixedBytes(32));

/** Lists of the keys of one type, for the runtimes that have any. */
const KEY_LISTS = [
  ["Beefy.Authorities", "beef"],
  ["Beefy.NextAuthorities", "beef"],
  ["ImOnline.Keys", "imon"],
  ["AuthorityDiscovery.Keys", "audi"],
  ["AuthorityDiscovery.NextKeys", "audi"],
] as const;

/** Who makes blocks from the first one on: sessions, Aura, and who votes where the runtime names voters. */
export function replaceAuthors(
  draft: StateDraft,
  {collators}: Pick<RehearsalWishes, "collators">,
  kinds: readonly SessionKeyKind[],
): FormerAuthors {
  // Newer generations look for an invulnerable by bisection, and all take validators in that order.
  const members = [...collators].sort((a, b) => compareBytes(a.account, b.account));
  const accounts = members.map(({account}) => account);
  checkNumber(draft, members.length);
  if (
    draft.publishes("Session.Validators") &&
    !draft.publishes("CollatorSelection.Invulnerables")
  ) {
    draft.notes.push(
      "no CollatorSelection chooses who authors: from the second session on it may be whom the chain's own pallets choose",
    );
  }
  const bonds = replaceCollators(draft, accounts);
  const withKeys = replaceSession(draft, members, kinds);
  const keys = members.flatMap(member => member.keys.get("aura") ?? []);
  for (const name of ["Aura.Authorities", "AuraExt.Authorities"]) {
    if (!draft.replaceHidden(name, auraKeys, keys)) draft.replace(name, keys);
  }
  replaceVoters(draft, members);
  for (const [name, type] of KEY_LISTS) {
    if (draft.publishes(name))
      draft.replace(
        name,
        members.map(({keys}) => keys.get(type)),
      );
  }
  for (const name of PAST_BLOCKS) draft.clear(name);
  return {withKeys, bonds};
}

/** What the system's own parachains have bound their invulnerables to since 2023; before, to 100. */
const SAFE_INVULNERABLES = 20;

/** More than the runtime bounds a list to and it would read as none at all. */
function checkNumber({description, notes}: StateDraft, count: number): void {
  const isSaid = readConstant(description, "CollatorSelection.MaxInvulnerables").ok;
  if (!isSaid && count > SAFE_INVULNERABLES) {
    notes.push(
      `the runtime does not say how many invulnerables it takes: of more than that, it would see none (many take ${SAFE_INVULNERABLES} or 100)`,
    );
  }
  for (const name of ["CollatorSelection.MaxInvulnerables", "Aura.MaxAuthorities"]) {
    const most = readConstant(description, name);
    if (!most.ok || typeof most.value !== "number" || count <= most.value) continue;
    stop({
      code: "rehearsal-too-many-collators",
      what: `${count} collators are more than this runtime takes`,
      facts: [[name, String(most.value)]],
      todo: `ask for ${most.value} at most: --collators`,
    });
  }
}

function replaceCollators(draft: StateDraft, accounts: readonly Uint8Array[]) {
  if (!draft.wants("CollatorSelection.Invulnerables")) return [];
  draft.replace("CollatorSelection.Invulnerables", accounts);
  const lists = ["CollatorSelection.Candidates", "CollatorSelection.CandidateList"];
  const bonds = lists.flatMap(name => {
    const found = draft.read(name);
    draft.clear(name);
    return Array.isArray(found)
      ? found.map(({who, deposit}: {who: Uint8Array; deposit: bigint}) => [who, deposit] as const)
      : [];
  });
  draft.clear("CollatorSelection.LastAuthoredBlock");
  return bonds;
}

/** Answers the accounts that had keys. */
function replaceSession(
  draft: StateDraft,
  members: readonly RehearsalCollator[],
  kinds: readonly SessionKeyKind[],
): Uint8Array[] {
  if (!draft.wants("Session.Validators")) return [];
  const former = draft
    .entryKeys("Session.NextKeys")
    .flatMap(({keys: [account]}) => (account instanceof Uint8Array ? [account] : []));
  for (const name of ["NextKeys", "KeyOwner", "CurrentIndex", "QueuedChanged"])
    draft.clear(`Session.${name}`);
  draft.clear("Session.DisabledValidators");
  const accounts = members.map(({account}) => account);
  const structs = members.map(member =>
    draft.decode("Session.NextKeys", encodedKeys(member, kinds)),
  );
  draft.replace("Session.Validators", accounts);
  draft.replace(
    "Session.QueuedKeys",
    accounts.map((account, i) => [account, structs[i]]),
  );
  for (const [i, {account, keys}] of members.entries()) {
    draft.put("Session.NextKeys", [account], structs[i]);
    for (const [type, key] of keys)
      draft.put("Session.KeyOwner", [[utf8Bytes(type), key]], account);
  }
  draft.note("Session.NextKeys", `:= ${members.length} entries`);
  draft.note("Session.KeyOwner", `:= ${members.length * kinds.length} entries`);
  return former;
}

/** Raw key of voters before 2023, and the byte in front that says its format (grandpa pallet). */
const GRANDPA_KEY = ":grandpa_authorities";
const GRANDPA_FORMAT = Uint8Array.of(1);
const grandpaVoters = vec(tuple(fixedBytes(32), u64));

function replaceVoters(draft: StateDraft, members: readonly RehearsalCollator[]): void {
  if (findPallet(draft.description, "Grandpa") === undefined) return;
  const voters = members.map(
    ({keys, voter}) => [keys.get("gran") ?? voter, 1n] as [Uint8Array, bigint],
  );
  const hasItem = draft.publishes("Grandpa.Authorities");
  if (hasItem) draft.replace("Grandpa.Authorities", voters);
  if (draft.top.has(GRANDPA_KEY) || !hasItem) {
    const list = encode(grandpaVoters, voters);
    draft.putRaw(GRANDPA_KEY, concatBytes(GRANDPA_FORMAT, list));
    draft.note(GRANDPA_KEY, `:= ${voters.length} voters`);
  }
  for (const name of ["PendingChange", "NextForced", "Stalled"]) draft.clear(`Grandpa.${name}`);
}

/** Nobody twice: an account, or a key of one type. */
export function checkDistinct(collators: readonly RehearsalCollator[]): void {
  const seen = new Set<string>();
  for (const {account, keys} of collators) {
    const all = [
      ["account", account],
      ...[...keys].map(([type, key]) => [`${type} key`, key] as const),
    ] as const;
    for (const [what, bytes] of all) {
      const mark = `${what} ${bytesToBinary(bytes)}`;
      if (seen.has(mark)) {
        stop({
          code: "rehearsal-collator-twice",
          what: `two collators have the same ${what}`,
          todo: "name each of them once",
        });
      }
      seen.add(mark);
    }
  }
}
