import {bytes, newtype, option, u32, vec} from "#codec";
import {
  encodeMetadata,
  METADATA_VERSIONS,
  type MetadataVersion,
  type RuntimeDescription,
} from "../frame/metadata/index.ts";
import {method, type RuntimeApi} from "./declare.ts";

/** `state_getMetadata` stays at V14, which every client knows; newer ones are asked for by number. */
const DEFAULT_VERSION = 14;

export function metadataApi(describe: () => RuntimeDescription): RuntimeApi {
  const opaque = newtype(bytes, {path: "sp_core::OpaqueMetadata"});
  const encoded = new Map<MetadataVersion, Uint8Array>();
  const metadata = (version: MetadataVersion): Uint8Array => {
    let found = encoded.get(version);
    if (found === undefined) {
      found = encodeMetadata(describe(), version);
      encoded.set(version, found);
    }
    return found;
  };
  return {
    name: "Metadata",
    id: "0x37e397fc7c91f5e4",
    version: 2,
    docs: "The `Metadata` api trait that returns metadata for the runtime.",
    methods: [
      method({
        name: "metadata",
        docs: "Returns the metadata of a runtime.",
        inputs: {},
        output: opaque,
        run: () => metadata(DEFAULT_VERSION),
      }),
      method({
        name: "metadata_at_version",
        docs: "Returns the metadata at a given version, or nothing if the version is not supported.",
        inputs: {version: u32},
        output: option(opaque),
        run(_, {version}) {
          const known = METADATA_VERSIONS.find(candidate => candidate === version);
          return known === undefined ? undefined : metadata(known);
        },
      }),
      method({
        name: "metadata_versions",
        docs: "Returns the supported metadata versions.",
        inputs: {},
        output: vec(u32),
        run: () => [...METADATA_VERSIONS],
      }),
    ],
  };
}
