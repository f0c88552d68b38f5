import {bytesToHex, hex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {signedExtrinsic} from "#node";
import {composeKhala} from "#runtime";
import {askOnce} from "../rpc-client.ts";
import type {NetPlan} from "./net-plan.ts";
import type {NetNode} from "./running-net.ts";

/** Has the candidates' accounts register, each through its own node; those of an earlier run are left alone. */
export async function registerCandidates(plan: NetPlan, nodes: readonly NetNode[]): Promise<void> {
  const candidates = nodes.filter(({role}) => role === "candidate");
  if (candidates.length === 0) return;
  const crypto = await createNativeCrypto();
  const runtime = composeKhala(plan.parameters, crypto.hashing);
  const pallet = runtime.collatorSelection.pallet;
  const call = pallet.calls?.find(({name}) => name === "register_as_candidate");
  if (call === undefined) throw new Error("the runtime has no register_as_candidate");
  for (const {url, address, secret} of candidates) {
    const nonce = (await askOnce(url, "system_accountNextIndex", [address])) as number;
    if (nonce > 0) continue;
    const genesisHash = hex((await askOnce(url, "chain_getBlockHash", [0])) as string);
    const bytes = signedExtrinsic(
      runtime,
      crypto.keyPairs.fromSecret(secret),
      {pallet, call, args: {}},
      {nonce, tip: 0n, genesisHash},
    );
    await askOnce(url, "author_submitExtrinsic", [bytesToHex(bytes)]);
  }
}
