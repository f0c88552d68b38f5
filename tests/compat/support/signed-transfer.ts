import {connect, pairs} from "../../support/polkadot.ts";

/** A signed transfer from //Alice to //Bob, made by our own copy of polkadot.js for clients that do not sign. */
export async function signedTransfer(url: string): Promise<{bytes: string; hash: string}> {
  const pair = await pairs();
  const api = await connect(url);
  const call = api.tx.balances!.transferKeepAlive!(pair("//Bob").address, 10n ** 12n);
  const signed = await call.signAsync(pair("//Alice"), {nonce: -1});
  await api.disconnect();
  return {bytes: signed.toHex(), hash: signed.hash.toHex()};
}
