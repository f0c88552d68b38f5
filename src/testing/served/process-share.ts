import {randomBytes} from "node:crypto";
import {inlineSignatures, type Runtimes, SignatureChecks} from "#core";
import {BLOCK_HASHINGS, type BlockHashing, type CryptoSuite, withBlockHashing} from "#crypto";
import {createRuntimes} from "#node";
import {createTestCrypto} from "../accounts/test-crypto.ts";

/** What chains of one process share: made for the first, so that each after it starts at once. */
export interface ProcessShare {
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  /** Of chains that hash so: runtimes are compiled once. */
  readonly runtimes: Runtimes;
}

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
      return [hashing, {crypto, signatures, runtimes: createRuntimes(crypto)}] as const;
    }),
  );
}
