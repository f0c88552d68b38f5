import {type PalletDescription, typeNameOf, variantsOf} from "#description";
import type {ChainReader} from "./chain-reader.ts";
import {palletOf} from "./named-parts.ts";
import {reading} from "./reading-tool.ts";
import type {Tool} from "./tool.ts";

/** `describe_chain` */
export const describeChain = (reader: ChainReader): Tool => ({
  name: "describe_chain",
  description:
    "What the chain has: its pallets; or of one pallet its storage items with their keys, calls with their arguments, events, errors and constants.",
  ...reading({pallet: {type: "string", description: "one of them, e.g. CollatorSelection"}}),
  async call({pallet: name}) {
    const {description, specVersion} = await reader.runtimeAt(await reader.hashOf(undefined));
    if (typeof name === "string") return palletText(palletOf(description, name));
    return {
      chain: await reader.ask("system_chain"),
      properties: await reader.ask("system_properties"),
      specVersion,
      pallets: description.pallets.map(one => one.name),
    };
  },
});

function palletText({name, storage, calls, events, errors, constants}: PalletDescription): object {
  const cases = (type: PalletDescription["calls"]) =>
    variantsOf(type).map(({name: one, fields, docs}) => ({
      name: one,
      fields: fields.map(
        field => `${field.name ?? "_"}: ${field.typeName || typeNameOf(field.type)}`,
      ),
      about: docs[0]?.trim() ?? "",
    }));
  return {
    pallet: name,
    storage: storage.map(item => ({
      name: item.name,
      keys: item.keys.map(typeNameOf),
      value: typeNameOf(item.value),
      about: item.docs[0]?.trim() ?? "",
    })),
    calls: cases(calls),
    events: cases(events),
    errors: variantsOf(errors).map(one => one.name),
    constants: constants.map(one => one.name),
  };
}
