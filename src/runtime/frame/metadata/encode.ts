import {concatBytes} from "#base";
import {Sink, type TypeInfo} from "#codec";
import {
  EXTRINSIC_VERSION,
  multiAddress,
  multiSignature,
  writeLengthPrefix as writeCompact,
} from "#primitives";
import type {Pallet} from "../pallet.ts";
import {callInfo} from "../runtime-call.ts";
import {STORAGE_HASHERS} from "../storage-hasher.ts";
import {
  extraInfo,
  type RuntimeDescription,
  runtimeErrorInfo,
  runtimeInfo,
  uncheckedExtrinsicInfo,
} from "./description.ts";
import {TypeRegistry} from "./type-registry.ts";
import {writeBytes, writeOption, writeText, writeTexts, writeVec} from "./write.ts";

/** Versions this program can encode. Clients take the newest that they know. */
export const METADATA_VERSIONS = [14, 15, 16] as const;
export type MetadataVersion = (typeof METADATA_VERSIONS)[number];

const MAGIC = Uint8Array.of(0x6d, 0x65, 0x74, 0x61);

/** Writes metadata of one version; which fields a version has is told by the comparisons with `version`. */
class MetadataWriter {
  readonly #version: MetadataVersion;
  readonly #types = new TypeRegistry();
  readonly #sink = new Sink(65_536);
  readonly #description: RuntimeDescription;

  constructor(description: RuntimeDescription, version: MetadataVersion) {
    this.#description = description;
    this.#version = version;
  }

  encode(): Uint8Array {
    this.#palletsAndExtrinsic();
    if (this.#version < 16) this.#type(runtimeInfo(this.#description));
    if (this.#version > 14) {
      this.#apis();
      this.#outerEnums();
      writeCompact(0, this.#sink);
    }
    const rest = this.#sink.finish();
    return concatBytes(MAGIC, Uint8Array.of(this.#version), this.#types.encode(), rest);
  }

  /** The types that pallets and extrinsics mention. */
  types(): TypeRegistry {
    this.#palletsAndExtrinsic();
    return this.#types;
  }

  #palletsAndExtrinsic(): void {
    writeVec(this.#sink, this.#description.pallets, pallet => this.#pallet(pallet));
    this.#extrinsic();
  }

  #type(info: TypeInfo): void {
    writeCompact(this.#types.idOf(info), this.#sink);
  }

  /** Nothing of ours is deprecated: V16 says so of every item, and lists no deprecated variants of an enum. */
  #notDeprecated(): void {
    if (this.#version > 15) this.#sink.u8(0);
  }

  #noDeprecatedVariants(): void {
    if (this.#version > 15) writeCompact(0, this.#sink);
  }

  #enumType(info: TypeInfo): void {
    this.#type(info);
    this.#noDeprecatedVariants();
  }

  #pallet(pallet: Pallet): void {
    const sink = this.#sink;
    writeText(sink, pallet.name);
    this.#storage(pallet);
    const calls = (pallet.calls ?? []).length > 0 ? callInfo(pallet) : undefined;
    writeOption(sink, calls, info => this.#enumType(info));
    writeOption(sink, pallet.events?.info, info => this.#enumType(info));
    writeVec(sink, pallet.constants, ({name, codec, value, docs}) => {
      writeText(sink, name);
      this.#type(codec.info);
      writeBytes(sink, value);
      writeTexts(sink, [docs]);
      this.#notDeprecated();
    });
    writeOption(sink, pallet.errors, info => this.#enumType(info));
    if (this.#version > 15) {
      writeCompact(0, sink); // associated types
      writeCompact(0, sink); // view functions
    }
    sink.u8(pallet.index);
    if (this.#version > 14) writeTexts(sink, [pallet.docs]);
    this.#notDeprecated();
  }

  #storage({name, storage}: Pallet): void {
    const sink = this.#sink;
    writeOption(sink, storage.length > 0 ? storage : undefined, entries => {
      writeText(sink, name);
      writeVec(sink, entries, entry => {
        writeText(sink, entry.name);
        sink.u8(entry.modifier === "Optional" ? 0 : 1);
        if (entry.map === undefined) {
          sink.u8(0);
        } else {
          const {hasher, key} = entry.map;
          sink.u8(1);
          writeVec(sink, [hasher], one => sink.u8(STORAGE_HASHERS.indexOf(one)));
          this.#type(key.info);
        }
        this.#type(entry.value.info);
        writeBytes(sink, entry.fallback);
        writeTexts(sink, [entry.docs]);
        this.#notDeprecated();
      });
    });
  }

  #extrinsic(): void {
    const sink = this.#sink;
    const {call, extensions} = this.#description;
    if (this.#version === 14) {
      this.#type(uncheckedExtrinsicInfo(this.#description));
      sink.u8(EXTRINSIC_VERSION);
    } else {
      if (this.#version === 15) sink.u8(EXTRINSIC_VERSION);
      else writeBytes(sink, Uint8Array.of(EXTRINSIC_VERSION));
      this.#type(multiAddress.info);
      this.#type(call.info);
      this.#type(multiSignature.info);
      if (this.#version === 15) this.#type(extraInfo(this.#description));
    }
    if (this.#version > 15) {
      // V14 and V15 mention what extensions put into an extrinsic before what they only sign. The metadata hash follows
      // the order in which types are numbered, and must not depend on the version that a client computes it from.
      for (const {extra} of extensions) this.#types.idOf(extra.info);
      writeVec(sink, [0], extensionVersion => {
        sink.u8(extensionVersion);
        writeVec(sink, extensions, (_, index) => writeCompact(index, sink));
      });
    }
    writeVec(sink, extensions, ({identifier, extra, additional}) => {
      writeText(sink, identifier);
      this.#type(extra.info);
      this.#type(additional.info);
    });
  }

  #apis(): void {
    const sink = this.#sink;
    writeVec(sink, this.#description.apis, api => {
      writeText(sink, api.name);
      writeVec(sink, api.methods, ({name, inputs, output, docs}) => {
        writeText(sink, name);
        writeVec(sink, inputs, input => {
          writeText(sink, input.name);
          this.#type(input.codec.info);
        });
        this.#type(output.info);
        writeTexts(sink, [docs]);
        this.#notDeprecated();
      });
      writeTexts(sink, [api.docs]);
      if (this.#version > 15) writeCompact(api.version, sink);
      this.#notDeprecated();
    });
  }

  #outerEnums(): void {
    const {call, event} = this.#description;
    this.#type(call.info);
    this.#type(event.info);
    this.#type(runtimeErrorInfo(this.#description));
  }
}

/** `meta`, the version, and the metadata itself. */
export function encodeMetadata(
  description: RuntimeDescription,
  version: MetadataVersion,
): Uint8Array {
  return new MetadataWriter(description, version).encode();
}

/** Types by the numbers they have in metadata of any version: of pallets and extrinsics, which come first in all. */
export function metadataTypes(description: RuntimeDescription): TypeRegistry {
  return new MetadataWriter(description, 15).types();
}
