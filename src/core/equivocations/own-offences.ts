import {bytesToHex, type Clock, type Logger} from "#base";
import type {Keystore, KeyType} from "#keystore";

/**
 * Stops a key of this node's that is proved to have signed twice. Our own guard gives no place twice, so somebody else
 * has the key, and will go on: each further signature of ours could be one more offence.
 */
export class OwnOffences {
  readonly #keystore: Keystore;
  readonly #clock: Pick<Clock, "now">;
  readonly #logger: Logger;

  constructor(
    keystore: Keystore,
    {clock, logger}: {readonly clock: Pick<Clock, "now">; readonly logger: Logger},
  ) {
    this.#keystore = keystore;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** A new proof against any key; `what` was signed twice, in words. */
  proved(keyType: KeyType, publicKey: Uint8Array, what: string): void {
    const {stops} = this.#keystore;
    if (!this.#keystore.has(keyType, publicKey)) return;
    const before = stops.of(keyType, publicKey);
    if (before.ok && before.value !== undefined) return;
    const stopped = stops.stop(keyType, publicKey, {what, at: this.#clock.now()});
    const key = bytesToHex(publicKey);
    this.#logger.log(
      "error",
      "keystore",
      `another node signs with this node's ${keyType} key (${what}): it signs nothing here any more. ` +
        `Stop the other node, then: khala keys resume ${key} --i-have-stopped-the-other-node, with the node's --chain and --base-path`,
      {key},
    );
    if (stopped.ok) return;
    this.#logger.log(
      "error",
      "keystore",
      "that could not be written down, and ends with this process",
      {
        reason: stopped.error.code,
      },
    );
  }
}
