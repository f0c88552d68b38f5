import {bytesToHex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {signerOf} from "#description";
import {askRuntime} from "../desk/chain-runtime.ts";
import {OperatorCalls} from "../desk/operator-calls.ts";
import {signedCall} from "../desk/sign-call.ts";
import {askOnce} from "../rpc-client.ts";
import type {NetNode} from "./running-net.ts";

/** Has the candidates' accounts register, each through its own node; those of an earlier run are left alone. */
export async function registerCandidates(nodes: readonly NetNode[]): Promise<void> {
  const candidates = nodes.filter(({role}) => role === "candidate");
  const [first] = candidates;
  if (first === undefined) return;
  const {hashing, keyPairs} = await createNativeCrypto();
  const runtime = await askRuntime(
    (method, ...params) => askOnce(first.url, method, params),
    hashing,
  );
  const {encoded} = new OperatorCalls(runtime.description).registerAsCandidate();
  for (const {url, address, secret} of candidates) {
    const nonce = (await askOnce(url, "system_accountNextIndex", [address])) as number;
    if (nonce > 0) continue;
    const signer = signerOf(keyPairs.fromSecret(secret), hashing);
    const bytes = signedCall(runtime, signer, encoded, {nonce});
    await askOnce(url, "author_submitExtrinsic", [bytesToHex(bytes)]);
  }
}
