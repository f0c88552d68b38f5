import type {Codec, TypeInfo} from "#codec";
import {type FieldInfo, typeInfo, u8} from "#codec";
import {multiAddress, multiSignature} from "#primitives";
import type {SignedExtension} from "../extension.ts";
import type {Pallet} from "../pallet.ts";
import type {RuntimeCall} from "../runtime-call.ts";
import type {RuntimeEvent} from "../runtime-event.ts";

/** One function of a runtime API: what clients may call by `state_call`. */
export interface ApiMethodDescription {
  readonly name: string;
  readonly docs: string;
  readonly inputs: readonly {readonly name: string; readonly codec: Codec<unknown>}[];
  readonly output: Codec<unknown>;
}

export interface ApiDescription {
  readonly name: string;
  readonly version: number;
  readonly docs: string;
  readonly methods: readonly ApiMethodDescription[];
}

/** All that metadata is made from. */
export interface RuntimeDescription {
  /** Rust path of the runtime's own types, `khala_runtime`. */
  readonly crate: string;
  readonly pallets: readonly Pallet[];
  readonly extensions: readonly SignedExtension[];
  readonly call: Codec<RuntimeCall>;
  readonly event: Codec<RuntimeEvent>;
  readonly apis: readonly ApiDescription[];
}

function field(type: TypeInfo, typeName: string): FieldInfo {
  return {name: undefined, typeName, type, docs: []};
}

/** The tuple of all extensions' types. */
export function extraInfo({extensions}: RuntimeDescription): TypeInfo {
  return typeInfo({kind: "tuple", elements: extensions.map(({extra}) => extra.info)});
}

/** The type under which V14 publishes an extrinsic; clients find address, call and signature in its parameters. */
export function uncheckedExtrinsicInfo(description: RuntimeDescription): TypeInfo {
  const bytesInfo = typeInfo({kind: "sequence", element: u8.info});
  return typeInfo(
    {kind: "composite", fields: [field(bytesInfo, "Vec<u8>")]},
    {
      path: "sp_runtime::generic::unchecked_extrinsic::UncheckedExtrinsic",
      params: [
        {name: "Address", type: multiAddress.info},
        {name: "Call", type: description.call.info},
        {name: "Signature", type: multiSignature.info},
        {name: "Extra", type: extraInfo(description)},
      ],
    },
  );
}

/** The enum of all pallets' errors. */
export function runtimeErrorInfo({crate, pallets}: RuntimeDescription): TypeInfo {
  const variants = pallets.flatMap(({name, index, errors}) =>
    errors === undefined
      ? []
      : [{name, index, docs: [], fields: [field(errors, `pallet::Error<${name}>`)]}],
  );
  return typeInfo({kind: "variant", variants}, {path: `${crate}::RuntimeError`});
}

export function runtimeInfo({crate}: RuntimeDescription): TypeInfo {
  return typeInfo({kind: "composite", fields: []}, {path: `${crate}::Runtime`});
}
