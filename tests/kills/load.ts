import {type ChildProcess, spawn} from "node:child_process";
import {bytesToHex, concatBytes, type Hex, hex} from "#base";
import {Sink} from "#codec";
import {type CryptoSuite, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {writeLengthPrefix} from "#primitives";
import {signCall} from "../../bench/transfers.ts";
import {rpc} from "../support/rpc.ts";

/** Pallet and call index of `System.remark` on our chains. */
const REMARK = Uint8Array.of(0, 1);
const LARGEST_REMARK = 200_000;
const AT_ONCE = 4;
const BETWEEN_ROTATIONS = 250;

/**
 * What a node has to do beside its blocks: transfers and large remarks of the well-known accounts as fast as they are
 * taken, and keys rotated. Whatever a node that is about to be killed answers is all right.
 */
export class Load {
  readonly #random: () => number;
  readonly #crypto: CryptoSuite;
  #isOver = false;
  #work: Promise<unknown> = Promise.resolve();

  private constructor(crypto: CryptoSuite, random: () => number) {
    this.#crypto = crypto;
    this.#random = random;
  }

  static async create(random: () => number): Promise<Load> {
    return new Load(await createNativeCrypto(), random);
  }

  begin(url: string): void {
    this.#isOver = false;
    this.#work = Promise.all([
      ...WELL_KNOWN_ACCOUNTS.slice(0, AT_ONCE).map(({uri}) => this.#send(url, uri)),
      this.#rotate(url),
    ]);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#work;
  }

  async #send(url: string, uri: string): Promise<void> {
    const pair = this.#crypto.keyPairs.fromUri("sr25519", uri);
    if (!pair.ok) throw new Error(pair.error.code);
    const address = bytesToHex(pair.value.publicKey);
    try {
      const genesis = hex((await rpc<Hex>(url, "chain_getBlockHash", [0]))!);
      while (!this.#isOver) {
        const next = await rpc<Hex>(url, "state_call", ["AccountNonceApi_account_nonce", address]);
        let nonce = new DataView(hex(next).buffer).getUint32(0, true);
        for (let i = 0; i < 8 && !this.#isOver; i++) {
          const bytes = signCall(pair.value, this.#call(), nonce++, genesis);
          await rpc(url, "author_submitExtrinsic", [bytesToHex(bytes)]).catch(() => undefined);
        }
      }
    } catch {
      // The node is gone, as it was to be.
    }
  }

  #call(): Uint8Array {
    const size = Math.floor(this.#random() ** 4 * LARGEST_REMARK);
    const length = new Sink();
    writeLengthPrefix(size, length);
    return concatBytes(REMARK, length.finish(), new Uint8Array(size).fill(size & 255));
  }

  async #rotate(url: string): Promise<void> {
    try {
      while (!this.#isOver) {
        await rpc(url, "author_rotateKeys", []);
        await new Promise(resolve => setTimeout(resolve, BETWEEN_ROTATIONS));
      }
    } catch {
      // As above.
    }
  }
}

/** Keeps all cores busy until killed, and ends by itself after so many seconds. */
export function burnCores(cores: number, seconds: number): () => void {
  const code = `const end = Date.now() + ${seconds * 1_000}; while (Date.now() < end);`;
  const children: ChildProcess[] = Array.from({length: cores}, () =>
    spawn(process.execPath, ["-e", code], {stdio: "ignore"}),
  );
  return () => {
    for (const child of children) child.kill("SIGKILL");
  };
}
