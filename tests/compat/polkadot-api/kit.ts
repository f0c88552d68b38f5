import {sr25519CreateDerive} from "@polkadot-labs/hdkd";
import {DEV_MINI_SECRET} from "@polkadot-labs/hdkd-helpers";
import {createClient} from "polkadot-api";
import {getPolkadotSigner} from "polkadot-api/signer";
import {getWsProvider} from "polkadot-api/ws";
import type {Observable} from "rxjs";
import {WebSocket} from "ws";

export const PHA = 10n ** 12n;
export const ALICE = "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs2";
export const BOB = "43qsYbZGLn2xzNuurY6BY4QNDSUU7gLEcXuckpm6B3DEmEx9";

const derive = sr25519CreateDerive(DEV_MINI_SECRET);

export function signerOf(path: string) {
  const pair = derive(path);
  return getPolkadotSigner(pair.publicKey, "Sr25519", pair.sign);
}

/** What the storage holds of an account. */
export interface Account {
  readonly nonce: number;
  readonly data: {readonly free: bigint};
}

/** A client, with every method that it asked for and every status of its socket. */
export function connect(url: string) {
  const asked = new Set<string>();
  const statuses: string[] = [];
  const provider = getWsProvider(url, {
    websocketClass: WebSocket as unknown as typeof globalThis.WebSocket,
    logger(event) {
      if (event.type === "OUT") asked.add(JSON.parse(event.msg).method);
    },
    onStatusChanged: ({type}) => statuses.push(type),
  });
  const client = createClient(provider);
  return {client, api: client.getUnsafeApi(), asked, statuses};
}

/** The first value that fits. */
export function first<T>(source: Observable<T>, fits: (value: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscription = source.subscribe({
      next(value) {
        if (!fits(value)) return;
        resolve(value);
        queueMicrotask(() => subscription.unsubscribe());
      },
      error: reject,
    });
  });
}
