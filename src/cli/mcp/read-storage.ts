import {binaryToHex, bytesToBinary, hexToBytes} from "#base";
import {
  readStorageKey,
  readStored,
  readValue,
  type StorageItem,
  storageKey,
  valueFromJson,
} from "#description";
import type {ChainReader} from "./chain-reader.ts";
import {itemOf} from "./named-parts.ts";
import {readableValue, unreadable} from "./readable-value.ts";
import {AT, reading} from "./reading-tool.ts";
import {type Tool, ToolFault} from "./tool.ts";

/** Entries of a map in one answer, unless fewer are asked for. */
const MOST_ENTRIES = 100;

type Input = Readonly<Record<string, unknown>>;

/** `read_storage` */
export const readStorage = (reader: ChainReader): Tool => ({
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
