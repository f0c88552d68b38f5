import {type Codec, struct, type TypeInfo, vec} from "#codec";
import {type Header, header, opaqueExtrinsic} from "#primitives";

export interface Block {
  readonly header: Header;
  readonly extrinsics: Uint8Array[];
}

/** An extrinsic among arguments: opaque bytes, published as the runtime's own extrinsic type. */
export function extrinsicCodec(info: TypeInfo): Codec<Uint8Array> {
  return {...opaqueExtrinsic, info, typeName: "<Block as BlockT>::Extrinsic"};
}

export function blockCodec(extrinsic: Codec<Uint8Array>): Codec<Block> {
  return struct(
    {header, extrinsics: vec(extrinsic)},
    {
      path: "sp_runtime::generic::block::Block",
      params: [
        {name: "Header", type: header.info},
        {name: "Extrinsic", type: extrinsic.info},
      ],
    },
  );
}
