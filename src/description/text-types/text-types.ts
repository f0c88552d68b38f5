import {type FieldInfo, PRIMITIVES, type TypeInfo, typeInfo, type VariantInfo} from "#codec";
import {accountId, digestItem, era, multiAddress, multiSignature} from "#primitives";
import {unknownType} from "../values/unknown-type.ts";
import {type Declared, NAMES_OF_2021} from "./names-of-2021.ts";
import {parseTypeText, type TypeText} from "./parse-type-text.ts";

const LISTS = new Set([
  "Vec",
  "VecDeque",
  "BoundedVec",
  "WeakBoundedVec",
  "BTreeSet",
  "BoundedBTreeSet",
]);
const MAPS = new Set(["BTreeMap", "BoundedBTreeMap"]);
const BOXES = new Set(["Box", "Arc", "Rc", "Cow"]);

const UNIT = typeInfo({kind: "tuple", elements: []});
const PRIMITIVE_TYPES: ReadonlyMap<string, TypeInfo> = new Map(
  PRIMITIVES.map(name => [name, typeInfo({kind: "primitive", name})]),
);

/** Types that other parts of the system know by the same objects, or by their paths. */
const SHARED: Readonly<Record<string, TypeInfo>> = {
  AccountId: accountId.info,
  LookupSource: multiAddress.info,
  Address: multiAddress.info,
  MultiSignature: multiSignature.info,
  DigestItem: digestItem.info,
  Era: era.info,
};

/**
 * Makes types of texts, each once. A text of which any name is not known stands for a type of which nothing is known,
 * at that place: a list of such types is still a list, and reads when it is empty.
 */
export class TextTypes {
  readonly #given: Readonly<Record<string, TypeInfo>>;
  readonly #byText = new Map<string, TypeInfo>();
  readonly #byName = new Map<string, TypeInfo>();

  /** `given` goes before what is known, by names. */
  constructor(given: Readonly<Record<string, TypeInfo>>) {
    this.#given = given;
  }

  /** As a pallet means it. */
  typeOf(text: string, pallet: string): TypeInfo {
    const key = `${pallet} ${text}`;
    let type = this.#byText.get(key);
    if (type === undefined) {
      const parsed = parseTypeText(text);
      type = parsed === undefined ? unknownType(text) : this.#resolve(parsed, pallet);
      this.#byText.set(key, type);
    }
    return type;
  }

  #resolve(text: TypeText, pallet: string): TypeInfo {
    const inner = (each: TypeText) => this.#resolve(each, pallet);
    switch (text.kind) {
      case "tuple":
        return text.elements.length === 0
          ? UNIT
          : typeInfo({kind: "tuple", elements: text.elements.map(inner)});
      case "array":
        return typeInfo({kind: "array", length: text.length, element: inner(text.element)});
      case "slice":
        return typeInfo({kind: "sequence", element: inner(text.element)});
      case "name":
        return this.#generic(text.name, text.params.map(inner)) ?? this.#named(text.name, pallet);
    }
  }

  #generic(name: string, params: readonly TypeInfo[]): TypeInfo | undefined {
    const [first, second] = params;
    if (name === "PhantomData") return UNIT;
    if (first === undefined) return undefined;
    if (BOXES.has(name)) return first;
    if (LISTS.has(name)) return typeInfo({kind: "sequence", element: first});
    if (name === "Compact") return typeInfo({kind: "compact", inner: first});
    if (name === "Option") return cases([["None"], ["Some", first]], name);
    if (second === undefined) return undefined;
    if (name === "Result")
      return cases(
        [
          ["Ok", first],
          ["Err", second],
        ],
        name,
      );
    if (!MAPS.has(name)) return undefined;
    return typeInfo({
      kind: "sequence",
      element: typeInfo({kind: "tuple", elements: [first, second]}),
    });
  }

  #named(name: string, pallet: string): TypeInfo {
    const given = ownOf(this.#given, name) ?? PRIMITIVE_TYPES.get(name) ?? ownOf(SHARED, name);
    if (given !== undefined) return given;
    for (const key of [`${pallet}.${name}`, name]) {
      const declared = ownOf(NAMES_OF_2021, key);
      if (declared === undefined) continue;
      let type = this.#byName.get(key);
      if (type === undefined) {
        type = this.#declared(declared, pallet, name);
        this.#byName.set(key, type);
      }
      return type;
    }
    return unknownType(name);
  }

  #declared(declared: Declared, pallet: string, name: string): TypeInfo {
    const typeOf = (text: string) => this.typeOf(text, pallet);
    if (typeof declared === "string") return typeOf(declared);
    if ("cases" in declared) {
      const all = declared.cases.map(([each, ...fields]) => [each, ...fields.map(typeOf)] as const);
      return cases(all, name);
    }
    const fields = Object.entries(declared.struct).map(([field, text]) =>
      fieldOf(field, text, typeOf(text)),
    );
    return typeInfo({kind: "composite", fields}, {path: name});
  }
}

/** Names come from a chain, and `constructor` is one that every object answers to. */
function ownOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

export function fieldOf(name: string | undefined, typeName: string, type: TypeInfo): FieldInfo {
  return {name, typeName, type, docs: []};
}

function cases(
  all: readonly (readonly [name: string, ...fields: TypeInfo[]])[],
  path: string,
): TypeInfo {
  const variants: VariantInfo[] = all.map(([name, ...fields], index) => ({
    name,
    index,
    fields: fields.map(type => fieldOf(undefined, "", type)),
    docs: [],
  }));
  return typeInfo({kind: "variant", variants}, {path});
}
