import {concatBytes} from "#base";
import {Sink, str, u8, u16, u32} from "#codec";
import {
  EXTRINSIC_VERSION,
  type Hash,
  multiAddress,
  multiSignature,
  type RuntimeVersion,
} from "#primitives";
import type {RuntimeDescription} from "../description.ts";
import {metadataTypes} from "../encode.ts";
import {writeText, writeVec} from "../write.ts";
import {accessibleTypes} from "./accessible-types.ts";
import {LeafWriter} from "./leaves.ts";
import {merkleRoot} from "./merkle-root.ts";
import {TypeReferences} from "./type-references.ts";

/** What a signing device shows of a chain and cannot know from its types. */
export interface ChainIdentity {
  readonly version: Pick<RuntimeVersion, "specName" | "specVersion">;
  readonly ss58Prefix: number;
  readonly token: Token;
}

export interface Token {
  readonly symbol: string;
  readonly decimals: number;
}

/** The format of the digest, which is also what an extrinsic's byte of mode counts up from 0, "none". */
const DIGEST_VERSION = 1;

/** The hash of a runtime's metadata, to which a signer can bind its signature. */
export function metadataHash(
  description: Omit<RuntimeDescription, "apis">,
  {version, ss58Prefix, token}: ChainIdentity,
  blake3: (data: Uint8Array) => Hash,
): Hash {
  const {call, extensions} = description;
  const types = metadataTypes({...description, apis: []});
  const accessible = accessibleTypes(types, [
    multiAddress.info,
    call.info,
    multiSignature.info,
    ...extensions.flatMap(({extra, additional}) => [extra.info, additional.info]),
  ]);
  const references = new TypeReferences(types, accessible);
  const writer = new LeafWriter(references);
  const leaves = [...accessible.values()].flatMap(type => writer.leavesOf(type));

  const extrinsic = new Sink(512);
  extrinsic.u8(EXTRINSIC_VERSION);
  references.write(multiAddress.info, extrinsic);
  references.write(call.info, extrinsic);
  references.write(multiSignature.info, extrinsic);
  writeVec(extrinsic, extensions, ({identifier, extra, additional}) => {
    writeText(extrinsic, identifier);
    references.write(extra.info, extrinsic);
    references.write(additional.info, extrinsic);
  });

  const rest = new Sink(64);
  u32.encodeTo(version.specVersion, rest);
  str.encodeTo(version.specName, rest);
  u16.encodeTo(ss58Prefix, rest);
  u8.encodeTo(token.decimals, rest);
  str.encodeTo(token.symbol, rest);
  return blake3(
    concatBytes(
      Uint8Array.of(DIGEST_VERSION),
      merkleRoot(leaves, blake3),
      blake3(extrinsic.finish()),
      rest.finish(),
    ),
  );
}
