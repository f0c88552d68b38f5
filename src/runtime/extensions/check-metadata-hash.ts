import {ok} from "#base";
import {fixedBytes, option, struct} from "#codec";
import {type Hash, plainVariant} from "#primitives";
import {extension} from "../frame/index.ts";

type Mode = "Disabled" | "Enabled";
const mode = plainVariant<Mode>(["Disabled", "Enabled"], "frame_metadata_hash_extension::Mode");

/**
 * Lets a signer bind its signature to the metadata it was shown (see `metadata/hash`). The hash itself does not travel:
 * both sides know it, or the signature does not hold.
 */
export const checkMetadataHash = (metadataHash: () => Hash) =>
  extension<Mode, Hash | undefined, undefined>({
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
    additionalSigned: (_, value) => ok(value === "Enabled" ? metadataHash() : undefined),
  });
