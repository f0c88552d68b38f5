import {err, ok, type Result} from "#base";
import {type CryptoSuite, verifyMultiSignature} from "#crypto";
import type {SignaturePool} from "#crypto-native";
import type {RuntimeHost, SignatureRequest} from "#runtime-api";
import type {PackedSignature} from "./packed-signature.ts";
import {SignatureMemory} from "./signature-memory.ts";

/**
 * Handed to the threads together, while the block that they are in is still being executed: of fewer, each takes longer; of more, more
 * are left when the last extrinsic is executed.
 */
const CHUNK = 128;

/** Signatures taken on trust during an execution; its result counts only once they are settled. */
export class DeferredChecks {
  readonly #checks: SignatureChecks;
  #open: SignatureRequest[] = [];
  #running: Promise<Result<boolean, string>>[] = [];

  constructor(checks: SignatureChecks) {
    this.#checks = checks;
  }

  /** For `RuntimeHost`: remembered signatures hold at once, others are taken to hold until `settle`. */
  readonly verifySignature: RuntimeHost["verifySignature"] = request => {
    if (this.#checks.isKnownGood(request)) return true;
    this.#open.push(request);
    if (this.#open.length >= CHUNK) this.#handOver();
    return true;
  };

  get count(): number {
    return this.#open.length + this.#running.length;
  }

  /** Waits for the checks, off the main thread, of what was taken on trust: true when all of it holds. */
  async settle(): Promise<Result<boolean, string>> {
    this.#handOver();
    const answers = await Promise.all(this.#running.splice(0));
    const failed = answers.find(answer => !answer.ok);
    return failed ?? ok(answers.every(answer => answer.ok && answer.value));
  }

  /** Has those looked at that came since the last ones, at once: no more are expected, and the thread has other work to do. */
  handOverLast(): void {
    this.#handOver(true);
  }

  #handOver(isLast = false): void {
    if (this.#open.length === 0) return;
    this.#running.push(this.#checks.verifyAll(this.#open, isLast));
    this.#open = [];
  }
}

/** Where signatures are checked: from memory, here and now, or on the pool of threads. */
export class SignatureChecks {
  readonly #crypto: CryptoSuite;
  readonly #pool: Pick<SignaturePool, "verifyBatch">;
  readonly #memory = new SignatureMemory();

  constructor(crypto: CryptoSuite, pool: Pick<SignaturePool, "verifyBatch">) {
    this.#crypto = crypto;
    this.#pool = pool;
  }

  isKnownGood(request: SignatureRequest): boolean {
    return this.#memory.has(request);
  }

  /** It was found good on another thread of this node. */
  remember(packed: PackedSignature): void {
    this.#memory.addPacked(packed);
  }

  /** At once, on this thread. */
  readonly verifySignature: RuntimeHost["verifySignature"] = request => {
    if (this.#memory.has(request)) return true;
    const {scheme, signature, message, account} = request;
    const holds = verifyMultiSignature(this.#crypto, scheme, signature, message, account);
    if (holds) this.#memory.add(request);
    return holds;
  };

  deferred(): DeferredChecks {
    return new DeferredChecks(this);
  }

  /** `isLast`: as the pool takes it. */
  async verifyAll(
    requests: readonly SignatureRequest[],
    isLast = false,
  ): Promise<Result<boolean, string>> {
    if (requests.length === 0) return ok(true);
    const answers = await this.#pool.verifyBatch(
      requests.map(({scheme, signature, message, account}) => ({
        scheme,
        signature,
        message,
        signer: account,
      })),
      {isLast},
    );
    if (!answers.ok) return err(answers.error.code);
    requests.forEach((request, i) => {
      if (answers.value[i] === true) this.#memory.add(request);
    });
    return ok(answers.value.every(holds => holds));
  }
}
