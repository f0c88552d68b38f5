import {randomBytes} from "node:crypto";
import {inlineSignatures, type Runtimes, SignatureChecks} from "#core";
import {BLOCK_HASHINGS, type BlockHashing, type CryptoSuite, withBlockHashing} from "#crypto";
import {createRuntimes} from "#node";
import {createTestCrypto} from "../accounts/test-crypto.ts";
import {RuntimeWords} from "../traces/runtime-words.ts";

/** What chains of one process share: made for the first, so that each after it starts at once. */
export interface ProcessShare {
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  /** Of chains that hash so: runtimes are compiled once. */
  readonly runtimes: Runtimes;
  /** What those say while one looks at what they do. */
  readonly words: RuntimeWords;
}

/** Failures say where a runtime gave up; nobody reads a log. */
const WITH_FACTS = {isDue: () => false, tell: () => {}};

let made: Promise<ReadonlyMap<BlockHashing, ProcessShare>> | undefined;

export async function processShare(hashing: BlockHashing): Promise<ProcessShare> {
  made ??= makeShares();
  return (await made).get(hashing)!;
}

async function makeShares(): Promise<ReadonlyMap<BlockHashing, ProcessShare>> {
  const native = await createTestCrypto(() => randomBytes(4).readUInt32BE() / 2 ** 32);
  return new Map(
    BLOCK_HASHINGS.map(hashing => {
      const crypto = withBlockHashing(native, hashing);
      const signatures = new SignatureChecks(crypto, inlineSignatures(crypto));
      const words = new RuntimeWords();
      const runtimes = createRuntimes(crypto, {log: words, traps: WITH_FACTS});
      return [hashing, {crypto, signatures, runtimes, words}] as const;
    }),
  );
}
