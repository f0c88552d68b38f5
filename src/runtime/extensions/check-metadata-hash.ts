import {err, ok} from "#base";
import {fixedBytes, option, struct} from "#codec";
import {plainVariant} from "#primitives";
import {extension} from "../frame/index.ts";

type Mode = "Disabled" | "Enabled";
const mode = plainVariant<Mode>(["Disabled", "Enabled"], "frame_metadata_hash_extension::Mode");

/**
 * Lets a signer bind its signature to the metadata it was shown. As long as the chain knows no hash of its own
 * metadata, a signature that asks for it cannot be checked.
 */
export const checkMetadataHash = (metadataHash: () => Uint8Array | undefined) =>
  extension<Mode, Uint8Array | undefined, undefined>({
    identifier: "CheckMetadataHash",
    extra: {
      ...mode,
      info: struct(
        {mode},
        {
          path: "frame_metadata_hash_extension::CheckMetadataHash",
          params: [{name: "T", type: undefined}],
        },
      ).info,
    },
    additional: option(fixedBytes(32)),
    additionalSigned(_, value) {
      if (value === "Disabled") return ok(undefined);
      const hash = metadataHash();
      return hash === undefined
        ? err({type: "Unknown", value: {type: "CannotLookup"}} as const)
        : ok(hash);
    },
  });
