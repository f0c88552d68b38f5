import {bytesToHex, type Clock, err, type Logger, ok, type Report, type Result} from "#base";
import type {Authority} from "#consensus";
import type {CryptoSuite} from "#crypto";
import type {Keystore, SigningGuard} from "#keystore";
import type {RuntimeHost} from "#runtime-api";
import type {ChainStore} from "#store";
import type {Blockchain} from "../chain/blockchain.ts";
import {AtOnce} from "./at-once.ts";
import type {Finality} from "./finality.ts";
import type {FinalityChoice} from "./finality-choice.ts";
import {GrandpaFinality} from "./grandpa/grandpa-finality.ts";
import {restoreSets} from "./grandpa/restore.ts";
import {checkKeptKind} from "./kept-kind.ts";

export interface FinalityDependencies {
  readonly store: ChainStore;
  readonly chain: Blockchain;
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly crypto: CryptoSuite;
  readonly signatures: Pick<RuntimeHost, "verifySignature">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly slotDuration: () => number;
  /** False: the keys it may hold are not used; it follows what others vote. */
  readonly mayVote: boolean;
  /** A voter is proved to have voted twice; `what` in words. */
  readonly onVotedTwice: (voter: Uint8Array, what: string) => void;
  readonly onFatal: (error: unknown) => void;
}

/**
 * Fails where the runtime names no voters, where a committee is none, or where the database was begun with another way to make
 * blocks final.
 */
export function chooseFinality(
  choice: FinalityChoice,
  dependencies: FinalityDependencies,
): Result<Finality, Report> {
  const {store, chain, signatures} = dependencies;
  const fault = choice.kind === "committee" ? faultOf(choice.voters) : undefined;
  if (fault !== undefined) return err(fault);
  const same = checkKeptKind(store, choice);
  if (!same.ok) return same;
  if (choice.kind === "at-once") return ok(new AtOnce(dependencies));
  const sets = restoreSets(store, chain, choice, signatures);
  if (!sets.ok) return sets;
  return ok(
    new GrandpaFinality(sets.value, {...dependencies, isFixed: choice.kind === "committee"}),
  );
}

const KEY_SIZE = 32;

/** A committee by which nothing would ever be final, or which would count somebody twice. */
function faultOf(voters: readonly Authority[]): Report | undefined {
  const names = voters.map(({id}) => bytesToHex(id));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  const odd = voters.find(
    ({id, weight}) => id.length !== KEY_SIZE || !Number.isSafeInteger(weight) || weight < 1,
  );
  const what =
    voters.length === 0
      ? "nobody is in the committee"
      : twice !== undefined
        ? `${twice} is in the committee twice`
        : odd !== undefined
          ? `${bytesToHex(odd.id)} with weight ${odd.weight} is no voter: a key has ${KEY_SIZE} bytes, a weight is a whole number from 1 on`
          : undefined;
  return what === undefined
    ? undefined
    : {code: "committee-invalid", what, did: "not started", todo: "name other voters"};
}
