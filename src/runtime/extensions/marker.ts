import {type Codec, newtype, typeInfo, unit} from "#codec";

/** An extension that puts nothing into the extrinsic: a type with a name and no bytes. */
export function marker(path: string): Codec<undefined> {
  return {
    ...unit,
    info: typeInfo({kind: "composite", fields: []}, {path, params: [{name: "T", type: undefined}]}),
    typeName: path.split("::").at(-1)!,
  };
}

/** An extension whose only content is `inner`, under the extension's own name. */
export function named<T>(path: string, inner: Codec<T>): Codec<T> {
  return newtype(inner, {path, params: [{name: "T", type: undefined}]});
}
