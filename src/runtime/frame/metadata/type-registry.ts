import {type FieldInfo, PRIMITIVES, Sink, type TypeDefinition, type TypeInfo} from "#codec";
import {writeLengthPrefix as writeCompact} from "#primitives";
import {writeOption, writeText, writeTexts, writeVec} from "./write.ts";

/**
 * Numbers the types that metadata mentions. A type with a path is known by it and its parameters, any other by
 * its shape; a number is given out before the type is looked into, so that a type may contain itself.
 */
export class TypeRegistry {
  readonly #byObject = new Map<TypeInfo, number>();
  readonly #byKey = new Map<string, number>();
  readonly #types: TypeInfo[] = [];

  idOf(info: TypeInfo): number {
    const known = this.#byObject.get(info);
    if (known !== undefined) return known;
    const key = info.path.length > 0 ? this.#pathKey(info) : this.#shapeKey(info);
    let id = this.#byKey.get(key);
    if (id === undefined) {
      id = this.#types.length;
      this.#types.push(info);
      this.#byKey.set(key, id);
      this.#byObject.set(info, id);
      this.#visit(info.def);
    }
    this.#byObject.set(info, id);
    return id;
  }

  #pathKey({path, params}: TypeInfo): string {
    const ids = params.map(
      ({name, type}) => `${name}=${type === undefined ? "" : this.idOf(type)}`,
    );
    return `${path.join("::")}<${ids.join()}>`;
  }

  /** Types without a path cannot contain themselves, so what they are made of can be numbered first. */
  #shapeKey({def}: TypeInfo): string {
    const fieldKey = (field: FieldInfo) => `${field.name ?? ""}:${this.idOf(field.type)}`;
    switch (def.kind) {
      case "primitive":
        return def.name;
      case "sequence":
        return `vec ${this.idOf(def.element)}`;
      case "array":
        return `array ${def.length} ${this.idOf(def.element)}`;
      case "compact":
        return `compact ${this.idOf(def.inner)}`;
      case "bitSequence":
        return `bits ${this.idOf(def.store)} ${this.idOf(def.order)}`;
      case "tuple":
        return `tuple ${def.elements.map(element => this.idOf(element)).join()}`;
      case "composite":
        return `composite ${def.fields.map(fieldKey).join()}`;
      case "variant":
        return `variant ${def.variants
          .map(({name, index, fields}) => `${name}/${index}/${fields.map(fieldKey).join()}`)
          .join(";")}`;
    }
  }

  #visit(def: TypeDefinition): void {
    switch (def.kind) {
      case "composite":
        for (const field of def.fields) this.idOf(field.type);
        break;
      case "variant":
        for (const {fields} of def.variants) for (const field of fields) this.idOf(field.type);
        break;
      case "sequence":
      case "array":
        this.idOf(def.element);
        break;
      case "compact":
        this.idOf(def.inner);
        break;
      case "tuple":
        for (const element of def.elements) this.idOf(element);
        break;
      case "bitSequence":
        this.idOf(def.store);
        this.idOf(def.order);
        break;
      case "primitive":
        break;
    }
  }

  /** The `PortableRegistry` of metadata. Complete only after everything else was written. */
  encode(): Uint8Array {
    const sink = new Sink(65_536);
    writeVec(sink, this.#types, (info, id) => {
      writeCompact(id, sink);
      writeTexts(sink, info.path);
      writeVec(sink, info.params, ({name, type}) => {
        writeText(sink, name);
        writeOption(sink, type, value => writeCompact(this.idOf(value), sink));
      });
      this.#writeDefinition(sink, info.def);
      writeTexts(sink, info.docs);
    });
    return sink.finish();
  }

  #writeFields(sink: Sink, fields: readonly FieldInfo[]): void {
    writeVec(sink, fields, field => {
      writeOption(sink, field.name, name => writeText(sink, name));
      writeCompact(this.idOf(field.type), sink);
      writeOption(sink, field.typeName, name => writeText(sink, name));
      writeTexts(sink, field.docs);
    });
  }

  #writeDefinition(sink: Sink, def: TypeDefinition): void {
    switch (def.kind) {
      case "composite":
        sink.u8(0);
        this.#writeFields(sink, def.fields);
        break;
      case "variant":
        sink.u8(1);
        writeVec(sink, def.variants, ({name, fields, index, docs}) => {
          writeText(sink, name);
          this.#writeFields(sink, fields);
          sink.u8(index);
          writeTexts(sink, docs);
        });
        break;
      case "sequence":
        sink.u8(2);
        writeCompact(this.idOf(def.element), sink);
        break;
      case "array":
        sink.u8(3);
        sink.u32(def.length);
        writeCompact(this.idOf(def.element), sink);
        break;
      case "tuple":
        sink.u8(4);
        writeVec(sink, def.elements, element => writeCompact(this.idOf(element), sink));
        break;
      case "primitive":
        sink.u8(5);
        sink.u8(PRIMITIVES.indexOf(def.name));
        break;
      case "compact":
        sink.u8(6);
        writeCompact(this.idOf(def.inner), sink);
        break;
      case "bitSequence":
        sink.u8(7);
        writeCompact(this.idOf(def.store), sink);
        writeCompact(this.idOf(def.order), sink);
        break;
    }
  }
}
