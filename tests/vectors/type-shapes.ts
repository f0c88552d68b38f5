/** One type of a metadata registry, as JSON: what is recorded of `rhala`, and what decoders make of ours. */
export interface RegistryType {
  readonly id: number;
  readonly path: string;
  readonly def: Definition;
}

interface Field {
  readonly name?: string | null;
  readonly type: number;
}

interface Definition {
  readonly composite?: {readonly fields?: readonly Field[]};
  readonly variant?: {
    readonly variants?: readonly {name: string; index: number; fields?: readonly Field[]}[];
  };
  readonly sequence?: {readonly type: number};
  readonly array?: {readonly len: number; readonly type: number};
  readonly tuple?: readonly number[];
  readonly primitive?: string;
  readonly compact?: {readonly type: number};
  readonly outerEnum?: unknown;
}

/** Types that list what a runtime is made of, and errors that were added to; see DIFFERENCES.md. */
const NAMED_ONLY = ["RuntimeCall", "RuntimeEvent", "OriginCaller", "DispatchError"];

/**
 * Writes a type out as its bytes go: names of fields and variants stay, names of types do not, and what wraps one
 * unnamed thing is that thing.
 */
export function shapeOf(id: number, types: ReadonlyMap<number, RegistryType>): string {
  const found = types.get(id);
  if (found === undefined) throw new Error(`no type ${id}`);
  const last = found.path.split("::").at(-1) ?? "";
  if (NAMED_ONLY.includes(last)) return last;
  const {composite, variant, sequence, array, tuple, primitive, compact} = found.def;
  const shape = (of: number) => shapeOf(of, types);
  const fieldShapes = (fields: readonly Field[] = []) =>
    fields.map(field => (field.name ? `${field.name}: ` : "") + shape(field.type)).join(", ");
  if (composite !== undefined) {
    const [first, ...others] = composite.fields ?? [];
    if (first !== undefined && others.length === 0 && !first.name) return shape(first.type);
    return `{${fieldShapes(composite.fields)}}`;
  }
  if (variant !== undefined) {
    const cases = (variant.variants ?? []).map(
      ({name, index, fields}) => `${index} ${name}(${fieldShapes(fields)})`,
    );
    return `enum {${cases.join("; ")}}`;
  }
  if (sequence !== undefined) return `[${shape(sequence.type)}]`;
  if (array !== undefined) return `[${shape(array.type)}; ${array.len}]`;
  if (tuple !== undefined) return `(${tuple.map(shape).join(", ")})`;
  if (compact !== undefined) return `compact ${shape(compact.type)}`;
  if (primitive !== undefined) return primitive.toLowerCase();
  throw new Error(`type ${id} ${found.path} has no definition that is known`);
}
