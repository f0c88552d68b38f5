import {err, ok, type Result} from "#base";
import {decode, encode} from "#codec";
import {
  type Authority,
  announcedChange,
  justification,
  type SetChange,
  verifyWarpProof,
  type WarpFragment,
  warpProof,
} from "#consensus";
import type {Hashing, SignatureVerifier} from "#crypto";
import {type Hash, type Header, headerHash} from "#primitives";
import type {WarpStart} from "./messages.ts";

export interface WarpCrypto {
  readonly hashing: Pick<Hashing, "blockHash">;
  readonly signatures: Pick<SignatureVerifier, "verify">;
}

interface Followed {
  readonly isFinished: boolean;
  /** Whether there may be something to ask for from the block arrived at. */
  readonly hasMore: boolean;
}

/** How far the voters of a chain were followed from a block that was known to be final. */
export class WarpRoute {
  readonly #crypto: WarpCrypto;
  readonly isFixed: boolean;
  readonly ends: SetChange[] = [];
  readonly justifications: {hash: Hash; proof: Uint8Array}[] = [];
  hash: Hash;
  number: number;
  setId: number;
  authorities: readonly Authority[];
  /** Of the block arrived at; undefined at the start. */
  header: Header | undefined;

  constructor(start: WarpStart, crypto: WarpCrypto) {
    this.#crypto = crypto;
    this.isFixed = start.isFixed ?? false;
    this.hash = start.hash;
    this.number = start.number;
    this.setId = start.setId;
    this.authorities = start.authorities;
  }

  /**
   * Goes on by the answer to a request from here; says whether it led to the peer's last final block. One that leads
   * nowhere and is not finished is honest: a change of voters that was forced comes next, of which there is no proof.
   */
  follow(bytes: Uint8Array): Result<Followed, string> {
    const decoded = decode(warpProof, bytes);
    if (!decoded.ok) return err(`a warp proof that does not decode: ${decoded.error.message}`);
    const {fragments, isFinished} = decoded.value;
    if (fragments.length === 0) return ok({isFinished, hasMore: false});
    const warped = verifyWarpProof(this, decoded.value, this.#crypto);
    if (!warped.ok) return err(`a warp proof that does not hold: ${warped.error.code}`);
    for (const fragment of fragments) this.#pass(fragment);
    return ok({isFinished, hasMore: !isFinished});
  }

  #pass({header, justification: proof}: WarpFragment): void {
    const {number} = header;
    const hash = headerHash(header, this.#crypto.hashing);
    this.justifications.push({hash, proof: encode(justification, proof)});
    const change = this.isFixed ? undefined : announcedChange(header);
    if (change?.delay === 0) {
      const last = {hash, number};
      this.ends.push({setId: this.setId, last, forced: false, enactedAt: last});
      this.setId++;
      this.authorities = change.authorities;
    }
    this.hash = hash;
    this.number = number;
    this.header = header;
  }
}
