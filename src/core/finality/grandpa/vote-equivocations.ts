import {bytesToHex, equalBytes, type Logger} from "#base";
import {decode, encode, vec} from "#codec";
import {type EquivocationProof, equivocationProof} from "#consensus";
import type {ChainStore} from "#store";

/** Name under which the proofs are kept beside the chain. */
const KEPT_AS = "grandpa-equivocations";
const MOST_KEPT = 256;

const records = vec(equivocationProof);

/** Voters who voted twice in one step: kept with both signatures, said aloud and counted. */
export class VoteEquivocations {
  readonly #store: Pick<ChainStore, "value" | "setValue">;
  readonly #logger: Logger;
  readonly #onProof: (proof: EquivocationProof) => void;
  #kept: EquivocationProof[];

  /** `onProof` is called once for each proof. */
  constructor(
    store: Pick<ChainStore, "value" | "setValue">,
    logger: Logger,
    onProof: (proof: EquivocationProof) => void,
  ) {
    this.#store = store;
    this.#logger = logger;
    this.#onProof = onProof;
    const bytes = store.value(KEPT_AS);
    const decoded = bytes === undefined ? undefined : decode(records, bytes);
    this.#kept = decoded?.ok ? decoded.value : [];
  }

  get all(): readonly EquivocationProof[] {
    return this.#kept;
  }

  keep(proof: EquivocationProof): void {
    const {type, value} = proof.equivocation;
    const isKept = this.#kept.some(
      one =>
        one.setId === proof.setId &&
        one.equivocation.type === type &&
        one.equivocation.value.round === value.round &&
        equalBytes(one.equivocation.value.id, value.id),
    );
    if (isKept) return;
    this.#kept = [...this.#kept, proof].slice(-MOST_KEPT);
    this.#store.setValue(KEPT_AS, encode(records, this.#kept));
    this.#logger.log("warn", "grandpa", "equivocation: a voter voted twice", {
      voter: value.id,
      step: type,
      round: value.round,
      set: proof.setId,
      first: bytesToHex(value.first[0].hash),
      second: bytesToHex(value.second[0].hash),
      known: this.#kept.length,
    });
    this.#onProof(proof);
  }
}
