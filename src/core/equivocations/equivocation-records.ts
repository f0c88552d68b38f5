import {bytesToHex, equalBytes, type Logger, type Slot} from "#base";
import {decode, encode, vec} from "#codec";
import {type AuraEquivocation, auraEquivocation, EquivocationWatch} from "#consensus";
import type {CryptoSuite} from "#crypto";
import {type Hash, type Header, header as headerCodec} from "#primitives";
import type {ChainStore} from "#store";

/** Name under which the proofs are kept beside the chain. */
const KEPT_AS = "aura-equivocations";
/** Proofs kept: one is enough to convict a key, and a stranger's key may make as many as it likes. */
const MOST_KEPT = 256;

const records = vec(auraEquivocation);

/** Who sealed two blocks for one slot: noticed, kept with both headers, said aloud and counted. */
export class EquivocationRecords {
  readonly #store: Pick<ChainStore, "value" | "setValue">;
  readonly #logger: Logger;
  readonly #hashing: Pick<CryptoSuite["hashing"], "blockHash">;
  readonly #onProof: (proof: AuraEquivocation) => void;
  readonly #watch = new EquivocationWatch();
  #kept: AuraEquivocation[];

  constructor(
    store: Pick<ChainStore, "value" | "setValue">,
    deps: {
      logger: Logger;
      hashing: Pick<CryptoSuite["hashing"], "blockHash">;
      /** Called with each proof once, that of a key of ours among them. */
      onProof: (proof: AuraEquivocation) => void;
    },
  ) {
    this.#store = store;
    this.#logger = deps.logger;
    this.#hashing = deps.hashing;
    this.#onProof = deps.onProof;
    const bytes = store.value(KEPT_AS);
    const decoded = bytes === undefined ? undefined : decode(records, bytes);
    this.#kept = decoded?.ok ? decoded.value : [];
  }

  /** Every proof that is kept, oldest first. */
  get all(): readonly AuraEquivocation[] {
    return this.#kept;
  }

  /** Takes note of a header whose seal was found good. */
  note(slot: Slot, author: Uint8Array, hash: Hash, header: Header): void {
    const proof = this.#watch.note(slot, author, hash, header);
    if (proof === undefined || this.#isKept(proof)) return;
    this.#kept = [...this.#kept, proof].slice(-MOST_KEPT);
    this.#store.setValue(KEPT_AS, encode(records, this.#kept));
    const hashes = [proof.first, proof.second].map(one =>
      bytesToHex(this.#hashing.blockHash(encode(headerCodec, one))),
    );
    this.#logger.log("warn", "aura", "equivocation: one authority sealed two blocks for one slot", {
      slot,
      authority: author,
      first: hashes[0],
      second: hashes[1],
      known: this.#kept.length,
    });
    this.#onProof(proof);
  }

  #isKept({offender, slot}: AuraEquivocation): boolean {
    return this.#kept.some(one => one.slot === slot && equalBytes(one.offender, offender));
  }
}
