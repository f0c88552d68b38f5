import {encodeCall, findCall, signExtrinsic} from "#description";
import {applyExtrinsic} from "#runtime-api";
import {Trial, type TrialGround} from "./trial-ground.ts";

/** What the selection of collators goes by, as far as it was found out. */
export interface SelectionTrial {
  /** Blocks without authoring after which a candidate is kicked at a session change. */
  readonly kickThreshold: number | undefined;
  /** Nobody is kicked or let go below so many. */
  readonly minEligible: number | undefined;
  /** Whether invulnerables are not counted among them, as in the pallet's first version. */
  readonly isOfCandidates: boolean;
}

/** The block of the trial, a prime: one that ends a session, of whatever usual length, takes no transactions. */
const NUMBER = 1_009;
/** More than any bond, and far from where sums outgrow a u128. */
const RICH = 2n ** 90n;
/** Most that have to stay which is looked for; no chain is known to want more than six. */
const MOST = 16;
const ACCOUNT_SIZE = 32;

/**
 * Somebody with session keys registers as a candidate, and what the pallet notes says how long it may be silent; then it leaves,
 * with more and more others beside it, until it may.
 */
export function trySelection(ground: TrialGround): SelectionTrial {
  const {description} = ground;
  const isOfCandidates = findCall(description, "CollatorSelection.add_invulnerable") === undefined;
  const none = {kickThreshold: undefined, minEligible: undefined, isOfCandidates};
  const who = someoneWithKeys(ground);
  if (who === undefined) return none;
  const first = registered(ground, who, 0, isOfCandidates);
  if (first === undefined) return none;
  const noted = first.reader.read("CollatorSelection.LastAuthoredBlock", [who]);
  const kickThreshold = typeof noted === "number" ? noted - NUMBER : undefined;
  for (let others = 0; others <= MOST; others++) {
    const trial = others === 0 ? first : registered(ground, who, others, isOfCandidates);
    if (trial === undefined) break;
    if (sign(trial, who, "CollatorSelection.leave_intent", 1)) {
      // It may go while more than the least are there.
      return {...none, kickThreshold, minEligible: others};
    }
  }
  return {...none, kickThreshold};
}

function someoneWithKeys(ground: TrialGround): Uint8Array | undefined {
  const {reader} = new Trial(ground);
  const validators = reader.read("Session.Validators");
  const [first] = Array.isArray(validators) ? validators : [];
  const isAccount = first instanceof Uint8Array && first.length === ACCOUNT_SIZE;
  return isAccount && reader.stored("Session.NextKeys", [first]) !== undefined ? first : undefined;
}

/** A trial in which the account is a candidate beside so many others, who have nothing but their names; undefined: it cannot be. */
function registered(
  ground: TrialGround,
  who: Uint8Array,
  others: number,
  isOfCandidates: boolean,
): Trial | undefined {
  const trial = new Trial(ground);
  const names = Array.from({length: others}, (_, i) => new Uint8Array(ACCOUNT_SIZE).fill(i + 1));
  const isByDeposit = trial.reader.publishes("CollatorSelection.CandidateList");
  const list = `CollatorSelection.${isByDeposit ? "CandidateList" : "Candidates"}`;
  const candidates = isOfCandidates ? names.map(name => ({who: name, deposit: 0n})) : [];
  trial.clear("CollatorSelection.LastAuthoredBlock");
  const isSet =
    trial.write("CollatorSelection.Invulnerables", [], isOfCandidates ? [] : names).ok &&
    trial.write(list, [], candidates).ok &&
    trial.write("CollatorSelection.DesiredCandidates", [], MOST + 2).ok &&
    makeRich(trial, who) &&
    trial.begin(NUMBER).ok;
  if (!isSet) return undefined;
  return sign(trial, who, "CollatorSelection.register_as_candidate", 0) ? trial : undefined;
}

function makeRich(trial: Trial, who: Uint8Array): boolean {
  const account = trial.reader.read("System.Account", [who]);
  if (typeof account !== "object" || account === null) return false;
  const {data} = account as {data?: Record<string, unknown>};
  const rich = {...account, nonce: 0, providers: 1, data: {...data, free: RICH}};
  return trial.write("System.Account", [who], rich).ok;
}

/** Whether a call of the account was carried out. */
function sign(trial: Trial, who: Uint8Array, call: string, nonce: number): boolean {
  const {runtime, description, hashing} = trial.ground;
  const encoded = encodeCall(description, {call, args: {}});
  if (!encoded.ok) return false;
  const genesis = trial.reader.read("System.BlockHash", [0]);
  const facts = {
    nonce,
    genesisHash: genesis instanceof Uint8Array ? genesis : new Uint8Array(32),
    specVersion: runtime.version.specVersion,
    transactionVersion: runtime.version.transactionVersion,
  };
  const signer = {scheme: "sr25519", account: who, sign: () => new Uint8Array(64)} as const;
  const extrinsic = signExtrinsic(description, encoded.value, signer, facts, hashing);
  if (!extrinsic.ok) return false;
  const applied = applyExtrinsic(runtime, trial.host, extrinsic.value);
  // Valid, and without an error of the call's.
  return applied.ok && applied.value.ok && applied.value.value.ok;
}
