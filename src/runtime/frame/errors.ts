import {type TypeInfo, typeInfo} from "#codec";
import type {DispatchError} from "#primitives";

/** index in the pallet, documentation */
export type ErrorDeclaration = readonly [index: number, docs: string];

/** The declared errors as values ready to return. */
export function createErrors<E extends Readonly<Record<string, ErrorDeclaration>>>(
  declarations: E,
  palletIndex: number,
): {[K in keyof E]: DispatchError} {
  const errors: Record<string, DispatchError> = {};
  for (const [name, [index]] of Object.entries(declarations)) {
    const error = Uint8Array.of(index, 0, 0, 0);
    errors[name] = {type: "Module", value: {index: palletIndex, error}};
  }
  return errors as {[K in keyof E]: DispatchError};
}

/** The pallet's error enum as metadata shows it. */
export function errorInfo(
  crate: string,
  declarations: Readonly<Record<string, ErrorDeclaration>>,
): TypeInfo {
  return typeInfo(
    {
      kind: "variant",
      variants: Object.entries(declarations).map(([name, [index, docs]]) => ({
        name,
        index,
        fields: [],
        docs: [docs],
      })),
    },
    {
      path: `${crate}::pallet::Error`,
      params: [{name: "T", type: undefined}],
      docs: ["The `Error` enum of this pallet."],
    },
  );
}
