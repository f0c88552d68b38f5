import {invariant} from "#base";
import {
  BIT_STORE_BYTES,
  bitLayoutOf,
  type FieldInfo,
  Sink,
  type TypeInfo,
  type VariantInfo,
} from "#codec";
import {writeLengthPrefix as writeCompact} from "#primitives";
import {writeOption, writeText, writeTexts, writeVec} from "../write.ts";
import type {AccessibleType} from "./accessible-types.ts";
import type {TypeReferences} from "./type-references.ts";

/** Index on the wire of each kind of type. */
const KIND = {
  composite: 0,
  enumeration: 1,
  sequence: 2,
  array: 3,
  tuple: 4,
  bitSequence: 5,
} as const;

/** Writes the leaves of the tree: one for each type, and of an enum one for each variant, since a signer sees but one. */
export class LeafWriter {
  readonly #references: TypeReferences;

  constructor(references: TypeReferences) {
    this.#references = references;
  }

  leavesOf({info, position}: AccessibleType): Uint8Array[] {
    const {def} = info;
    const leaf = (write: (sink: Sink) => void) => {
      const sink = new Sink(64);
      writeTexts(sink, info.path);
      write(sink);
      writeCompact(position, sink);
      return sink.finish();
    };
    if (def.kind !== "variant") return [leaf(sink => this.#definition(info, sink))];
    const byIndex = [...def.variants].sort((a, b) => a.index - b.index);
    return byIndex.map(variant => leaf(sink => this.#variant(variant, sink)));
  }

  #variant({name, index, fields}: VariantInfo, sink: Sink): void {
    sink.u8(KIND.enumeration);
    writeText(sink, name);
    this.#fields(fields, sink);
    writeCompact(index, sink);
  }

  #fields(fields: readonly FieldInfo[], sink: Sink): void {
    writeVec(sink, fields, ({name, type, typeName}) => {
      writeOption(sink, name, text => writeText(sink, text));
      this.#references.write(type, sink);
      writeOption(sink, typeName, text => writeText(sink, text));
    });
  }

  #definition({def}: TypeInfo, sink: Sink): void {
    switch (def.kind) {
      case "composite":
        sink.u8(KIND.composite);
        this.#fields(def.fields, sink);
        break;
      case "sequence":
        sink.u8(KIND.sequence);
        this.#references.write(def.element, sink);
        break;
      case "array":
        sink.u8(KIND.array);
        sink.u32(def.length);
        this.#references.write(def.element, sink);
        break;
      case "tuple":
        sink.u8(KIND.tuple);
        writeVec(sink, def.elements, element => this.#references.write(element, sink));
        break;
      case "bitSequence": {
        const {store, order} = bitLayoutOf(def.store, def.order);
        sink.u8(KIND.bitSequence);
        sink.u8(BIT_STORE_BYTES[store]);
        sink.u8(order === "Lsb0" ? 1 : 0);
        break;
      }
      default:
        invariant(false, `references name a ${def.kind} themselves`);
    }
  }
}
