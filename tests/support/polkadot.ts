import {ApiPromise, Keyring, WsProvider} from "@polkadot/api";
import type {SubmittableExtrinsic} from "@polkadot/api/types";
import type {KeyringPair} from "@polkadot/keyring/types";
import type {ProviderInterface} from "@polkadot/rpc-provider/types";
import type {ISubmittableResult} from "@polkadot/types/types";
import {cryptoWaitReady} from "@polkadot/util-crypto";

export type Call = SubmittableExtrinsic<"promise">;

/** An unmodified polkadot.js on a node. */
export async function connect(url: string): Promise<ApiPromise> {
  const provider = new WsProvider(url) as unknown as ProviderInterface;
  return ApiPromise.create({provider, noInitWarn: true});
}

/** Pairs from secret URIs. */
export async function pairs(): Promise<(uri: string) => KeyringPair> {
  await cryptoWaitReady();
  const keyring = new Keyring({type: "sr25519", ss58Format: 30});
  return uri => keyring.addFromUri(uri);
}

/** Sends a transaction and waits until its block is final; throws the name of the error it ended with. */
export function sendFinal(api: ApiPromise, call: Call, signer: KeyringPair): Promise<number> {
  return new Promise((resolve, reject) => {
    const settle = async ({status, isError, dispatchError}: ISubmittableResult) => {
      if (isError) throw new Error(`transaction ${status.type}`);
      if (!status.isFinalized) return;
      if (dispatchError?.isModule)
        throw new Error(api.registry.findMetaError(dispatchError.asModule).name);
      const header = await api.rpc.chain.getHeader(status.asFinalized);
      resolve(header.number.toNumber());
    };
    call
      .signAndSend(signer, {nonce: -1}, result => void settle(result).catch(reject))
      .catch(reject);
  });
}
