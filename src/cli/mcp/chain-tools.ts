import {binaryToHex, bytesToBinary, bytesToHex, hexToBytes, nearestName} from "#base";
import {
  type ChainDescription,
  type ChainEvent,
  findCall,
  findEvent,
  findItem,
  findPallet,
  nameDispatchError,
  type PalletDescription,
  readConstant,
  readExtrinsic,
  readStorageKey,
  readStored,
  readValue,
  type StorageItem,
  storageKey,
  typeNameOf,
  valueFromJson,
  variantsOf,
} from "#description";
import {askEvents} from "../desk/ask-events.ts";
import type {ChainReader} from "./chain-reader.ts";
import {readableFields, readableValue} from "./readable-value.ts";
import {type Tool, ToolFault} from "./tool.ts";

const AT = {
  description: "the block: its hash or number; the best one where it is left out",
  anyOf: [{type: "string"}, {type: "integer", minimum: 0}],
};
/** Entries of a map in one answer, unless fewer are asked for. */
const MOST_ENTRIES = 100;

type Input = Readonly<Record<string, unknown>>;

/** Tools that read the chain by the names of its metadata, so that nobody has to hash keys or read SCALE. */
export const chainTools = (reader: ChainReader): Tool[] => [
  describeChain(reader),
  readStorage(reader),
  readConstantTool(reader),
  readBlock(reader),
];

const reading = (properties: Readonly<Record<string, object>>, ...required: string[]) => ({
  inputSchema: {type: "object", properties, required, additionalProperties: false} as const,
  writes: false,
});

const describeChain = (reader: ChainReader): Tool => ({
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

const readStorage = (reader: ChainReader): Tool => ({
  name: "read_storage",
  description:
    "Reads an item of the state by its name, decoded. With all keys of a map the one value (null: nothing is stored); with fewer, entries under them, in pages.",
  ...reading(
    {
      item: {type: "string", description: "Pallet.Item, e.g. System.Account"},
      keys: {
        type: "array",
        items: {},
        description: "of a map, in their order: addresses as text, integers as number or text",
      },
      at: AT,
      limit: {
        type: "integer",
        minimum: 1,
        maximum: MOST_ENTRIES,
        description: "entries of a map in one answer",
      },
      after: {type: "string", description: "`next` of the page before"},
    },
    "item",
  ),
  async call({item: name, keys = [], at, limit = MOST_ENTRIES, after}: Input) {
    const hash = await reader.hashOf(at);
    const runtime = await reader.runtimeAt(hash);
    const item = itemOf(runtime.description, name);
    if (!Array.isArray(keys)) throw new ToolFault("keys: a list is expected");
    const key = storageKey(
      item,
      keys.map((one, i) => keyFrom(item, one, i)),
      reader.hashing,
    );
    if (!key.ok) throw new ToolFault(`keys${key.error.at}: expected ${key.error.expected}`);
    const address = await reader.addresses(runtime);
    const shown = (bytes: Uint8Array | undefined): unknown => {
      const stored = readStored(item, bytes);
      if (stored.kind === "value") return readableValue(item.value, stored.value, address);
      return stored.kind === "unreadable" ? unreadable(bytes, stored.failure.message) : null;
    };
    if (keys.length === item.keys.length) {
      return shown(await reader.stored(binaryToHex(key.value), hash));
    }
    const most = Math.min(Number(limit), MOST_ENTRIES);
    const found = await reader.keysPaged(binaryToHex(key.value), most, after, hash);
    const entries = await Promise.all(
      found.map(async one => ({
        keys: readStorageKey(item, bytesToBinary(hexToBytes(one)!), reader.hashing)?.map(
          (part, i) => readableValue(item.keys[i]!, part, address),
        ),
        value: shown(await reader.stored(one, hash)),
      })),
    );
    return {entries, next: found.length === most ? found.at(-1) : null};
  },
});

const readConstantTool = (reader: ChainReader): Tool => ({
  name: "read_constant",
  description: "Reads a constant of the runtime by its name, decoded.",
  ...reading(
    {name: {type: "string", description: "Pallet.Name, e.g. Balances.ExistentialDeposit"}},
    "name",
  ),
  async call({name}) {
    const runtime = await reader.runtimeAt(await reader.hashOf(undefined));
    const {description} = runtime;
    const [palletName = "", constant = ""] = String(name).split(".");
    const pallet = palletOf(description, palletName);
    const found = pallet.constants.find(one => one.name === constant);
    const value = readConstant(description, String(name));
    if (found === undefined || !value.ok) {
      throw notThere(
        "constant",
        String(name),
        pallet.constants.map(one => one.name),
      );
    }
    return readableValue(found.type, value.value, await reader.addresses(runtime));
  },
});

const readBlock = (reader: ChainReader): Tool => ({
  name: "read_block",
  description: "A block with its transactions and events, decoded by the chain's metadata.",
  ...reading({at: AT}),
  async call({at}) {
    const {runtime, extrinsics, ...block} = await reader.block(at);
    const {description} = runtime;
    const address = await reader.addresses(runtime);
    const events = await askEvents(
      (method, ...params) => reader.ask(method, ...params),
      runtime,
      block.hash,
    );
    const shown = (index: number | undefined) =>
      (events?.events ?? [])
        .filter(({extrinsic}) => extrinsic === index)
        .map(event => shownEvent(description, event, address));
    return {
      ...block,
      specVersion: runtime.specVersion,
      extrinsics: extrinsics.map((bytes, i) => ({
        ...shownExtrinsic(description, bytes, address),
        events: shown(i),
      })),
      eventsOfTheBlock: shown(undefined),
      ...(events?.rest === undefined
        ? {}
        : {unreadableEvents: unreadable(events.rest.bytes, events.rest.failure.message)}),
    };
  },
});

type Address = (account: Uint8Array) => string;

function shownExtrinsic(description: ChainDescription, text: string, address: Address): object {
  const bytes = hexToBytes(text);
  const read = bytes && readExtrinsic(description, bytes);
  if (read === undefined || !read.ok) return unreadable(bytes, read?.error.message ?? "no hex");
  const {kind, address: signer, call} = read.value;
  const name = `${call.pallet}.${call.name}`;
  const fields = findCall(description, name)?.variant.fields ?? [];
  return {
    kind,
    ...(signer === undefined
      ? {}
      : {signer: readableValue(description.extrinsic.address, signer, address)}),
    call: name,
    args: readableFields(fields, call.args, address),
  };
}

function shownEvent(description: ChainDescription, event: ChainEvent, address: Address): object {
  const fields = findEvent(description, event.name)?.variant.fields ?? [];
  const shown = readableFields(fields, event.fields, address);
  const {dispatchError} = event.fields as {readonly dispatchError?: unknown};
  return {
    event: event.name,
    ...(dispatchError === undefined
      ? {}
      : {error: nameDispatchError(description, dispatchError).name}),
    fields: shown,
  };
}

const unreadable = (bytes: Uint8Array | undefined, reason: string) => ({
  unreadable: reason,
  bytes: bytes === undefined ? null : bytesToHex(bytes),
});

function keyFrom(item: StorageItem, json: unknown, index: number): unknown {
  const type = item.keys[index];
  // One key too many is refused with the number that there may be.
  if (type === undefined) return json;
  const bytes = valueFromJson(type, json, `keys[${index}]`);
  if (!bytes.ok) throw new ToolFault(`${bytes.error.at}: expected ${bytes.error.expected}`);
  const value = readValue(type, bytes.value);
  if (!value.ok) throw new ToolFault(`keys[${index}]: ${value.error.message}`);
  return value.value;
}

function itemOf(description: ChainDescription, given: unknown): StorageItem {
  const name = String(given);
  const found = findItem(description, name);
  if (found !== undefined) return found;
  const pallet = palletOf(description, name.split(".")[0] ?? "");
  throw notThere(
    "item",
    name,
    pallet.storage.map(one => one.name),
  );
}

function palletOf(description: ChainDescription, name: string): PalletDescription {
  const found = findPallet(description, name);
  if (found !== undefined) return found;
  throw notThere(
    "pallet",
    name,
    description.pallets.map(one => one.name),
  );
}

function notThere(what: string, name: string, known: readonly string[]): ToolFault {
  const nearest = nearestName(name.split(".").at(-1) ?? "", known);
  const hint = nearest === undefined ? `there are ${known.join(", ")}` : `did you mean ${nearest}?`;
  return new ToolFault(`there is no ${what} ${name}: ${hint}`);
}

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
