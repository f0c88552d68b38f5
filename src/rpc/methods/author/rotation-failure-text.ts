import {bytesToHex} from "#base";
import type {RotationFailure} from "../../questions/keys.ts";

export function rotationFailureText(failure: RotationFailure): string {
  const {code} = failure;
  switch (code) {
    case "session-keys-unavailable":
      return `${code}: the runtime does not say what session keys it has: ${failure.reason}`;
    case "session-keys-unsupported":
      return `${code}: the chain's session keys are ${failure.types.join(", ")}, and this node has no use for keys of type ${failure.keyType}; none was made`;
    case "session-keys-incomplete": {
      const made = failure.made.map(
        ({keyType, publicKey}) => `the ${keyType} key ${bytesToHex(publicKey)}`,
      );
      const left =
        made.length === 0
          ? "none was made"
          : `${made.join(", ")} had been made and stays in the keystore, of no use by itself`;
      return `${code}: ${failure.reason}; ${left}`;
    }
  }
}
