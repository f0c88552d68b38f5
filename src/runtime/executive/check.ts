import {err, ok, type Result} from "#base";
import {type Sink, written} from "#codec";
import {type AccountId, invalid, type ValidityError} from "#primitives";
import type {RuntimeHost} from "#runtime-api";
import type {SignedExtension} from "../frame/index.ts";
import type {Composition} from "./composition.ts";
import type {Extrinsic} from "./extrinsic.ts";

/** A longer payload is signed by its hash (spec/pallets §5.1). */
const MAX_PLAIN_PAYLOAD = 256;

const SCHEMES = {Ed25519: "ed25519", Sr25519: "sr25519", Ecdsa: "ecdsa"} as const;

/** Who signed, if the signature holds for this chain and this moment (spec/pallets §4.2, step 1). */
export function checkSignature(
  host: RuntimeHost,
  {extensions, hashing}: Composition,
  {signed, callBytes}: Extrinsic,
): Result<AccountId | undefined, ValidityError> {
  if (signed === undefined) return ok(undefined);
  const {address, signature, extra, extraBytes} = signed;
  if (address.type !== "Id") return err({type: "Unknown", value: {type: "CannotLookup"}});
  let fault: ValidityError | undefined;
  const payload = written(sink => {
    sink.raw(callBytes);
    sink.raw(extraBytes);
    fault = writeAdditional(host, extensions, extra, sink);
  });
  if (fault !== undefined) return err(fault);
  const message = payload.length > MAX_PLAIN_PAYLOAD ? hashing.blake2b256(payload) : payload;
  const holds = host.verifySignature({
    scheme: SCHEMES[signature.type],
    signature: signature.value,
    message,
    account: address.value,
  });
  return holds ? ok(address.value) : err(invalid("BadProof"));
}

/** What is signed and not sent. Answers why it cannot be said, where it cannot. */
function writeAdditional(
  {state}: RuntimeHost,
  extensions: readonly SignedExtension[],
  extra: readonly unknown[],
  sink: Sink,
): ValidityError | undefined {
  for (let i = 0; i < extensions.length; i++) {
    const extension = extensions[i]!;
    const additional = extension.additionalSigned(state, extra[i]);
    if (!additional.ok) return additional.error;
    extension.additional.encodeTo(additional.value, sink);
  }
  return undefined;
}
