import "@polkadot/api-augment";
import {mock} from "node:test";
import {ApiPromise, HttpProvider, Keyring, WsProvider} from "@polkadot/api";
import type {SubmittableExtrinsic} from "@polkadot/api/types";
import type {KeyringPair} from "@polkadot/keyring/types";
import type {ISubmittableResult} from "@polkadot/types/types";
import {startKhala} from "../../support/khala-process.ts";

export const PHA = 10n ** 12n;

export const pairOf = (uri: string): KeyringPair =>
  new Keyring({type: "sr25519", ss58Format: 30}).addFromUri(uri);

export async function connect(url: string): Promise<ApiPromise> {
  return ApiPromise.create({provider: new WsProvider(url), noInitWarn: true});
}

/** The same, and what it showed on the console as an error. */
export async function connectListening(
  url: string,
): Promise<{api: ApiPromise; errors: readonly unknown[]}> {
  const {mock: shown} = mock.method(console, "error");
  try {
    const api = await ApiPromise.create({provider: new WsProvider(url)});
    return {api, errors: shown.calls.map(call => call.arguments)};
  } finally {
    shown.restore();
  }
}

export async function connectHttp(url: string): Promise<ApiPromise> {
  const provider = new HttpProvider(url.replace("ws:", "http:"));
  return ApiPromise.create({provider, noInitWarn: true});
}

export interface Dev {
  readonly url: string;
  readonly api: ApiPromise;
  close(): Promise<void>;
}

/** A dev chain of its own for one test file, and a client on it. */
export async function startDev(...flags: string[]): Promise<Dev> {
  const node = await startKhala(["dev", "--rpc-port=0", ...flags]);
  const api = await connect(node.url);
  return {
    url: node.url,
    api,
    async close() {
      await api.disconnect();
      await node.stop();
    },
  };
}

export type Call = SubmittableExtrinsic<"promise">;

/** Sends a call and follows it until it is final or has failed. */
export function follow(
  call: Call,
  signer: KeyringPair,
  options: object = {},
): Promise<ISubmittableResult[]> {
  const results: ISubmittableResult[] = [];
  return new Promise((resolve, reject) => {
    const settle = (result: ISubmittableResult) => {
      results.push(result);
      if (result.isFinalized || result.isError) resolve(results);
    };
    call.signAndSend(signer, {nonce: -1, ...options}, settle).catch(reject);
  });
}

/** A signed transfer as bytes, not sent. */
export async function signedTransfer(
  api: ApiPromise,
  from: KeyringPair,
  options: object = {},
  to = pairOf("//Bob"),
): Promise<string> {
  const call = api.tx.balances.transferKeepAlive(to.address, PHA);
  return (await call.signAsync(from, {era: 0, ...options})).toHex();
}

export const freeOf = async (api: ApiPromise, {address}: KeyringPair): Promise<bigint> =>
  (await api.query.system.account(address)).data.free.toBigInt();
