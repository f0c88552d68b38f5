import type {CryptoSuite} from "#crypto";
import {releaseCode, UPGRADED} from "../../runtime/test-kit/foreign/index.ts";
import type {NodeCore} from "../node-core.ts";
import {signedCall, type TestSigner} from "./signed-call.ts";

/** Root's word that the chain goes on with other code, from the next block on. */
export const signedUpgrade = (
  core: Pick<NodeCore, "chain">,
  crypto: CryptoSuite,
  code: Uint8Array = releaseCode(crypto.hashing, UPGRADED),
  {
    signer = {uri: "//Alice"},
    call = "set_code",
  }: {signer?: TestSigner; call?: "set_code" | "set_code_without_checks"} = {},
): Uint8Array =>
  signedCall(core, crypto, signer, {
    call: "Sudo.sudo",
    args: {call: {type: "System", value: {type: call, value: {code}}}},
  });
