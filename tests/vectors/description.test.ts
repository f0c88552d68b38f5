import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, bytesToHex, concatBytes, type Hex, hex, unwrap} from "#base";
import {decode, encode, u32} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {
  type ChainDescription,
  describe,
  readEvents,
  readExtrinsic,
  readStorageKey,
  readValue,
  type StorageItem,
  storageKey,
  writeExtrinsic,
  writeValue,
} from "#description";
import {itemKey} from "#primitives";
import {type CollatorChain, createRuntime} from "#runtime";
import {memoryState, Overlay} from "#state";
import {composeGargantuan} from "./gargantuan.ts";
import {describeRecordedRhala} from "./recorded-description.ts";
import {readEvents as readByRuntime} from "./recorded-events.ts";
import {composeRhala} from "./rhala.ts";
import {type RecordedBlock, readVector, type Vector, vectorNames} from "./vector.ts";

const {hashing} = await createNativeCrypto();

function describeOurs(chain: CollatorChain): ChainDescription {
  const state = new Overlay(memoryState([], chain.config.blockHash));
  const host = {state, verifySignature: () => false};
  const answer = createRuntime(chain).call("Metadata_metadata_at_version", encode(u32, 15), host);
  return unwrap(describe(unwrap(answer)));
}

/** Every key that a recording holds a value under, and each value that it ever held. */
function* stored({genesis, blocks}: Vector): Generator<readonly [Hex, Hex]> {
  for (const items of Object.values(genesis.storage)) yield* Object.entries(items) as [Hex, Hex][];
  for (const {diff} of blocks) {
    for (const changes of Object.values(diff ?? {})) {
      for (const [key, value] of Object.entries(changes)) {
        if (value !== null) yield [key as Hex, value];
      }
    }
  }
}

/** The prefix of an item, in hex. */
const PREFIX = 2 + 64;

/** What a recording says where it has left out the end of a very long one. */
const CUT = "(cut, see encodedLength)";

/** Holds one description to a recording: what it says comes out as it went in. */
class Holding {
  readonly #description: ChainDescription;
  readonly #items: ReadonlyMap<string, StorageItem>;
  readonly #chain: CollatorChain;
  values = 0;
  extrinsics = 0;
  events = 0;

  constructor(description: ChainDescription, chain: CollatorChain) {
    this.#description = description;
    this.#chain = chain;
    const items = description.pallets.flatMap(({storage}) => storage);
    this.#items = new Map(
      items.map(item => [
        bytesToHex(Uint8Array.from(itemKey(hashing, item.prefix, item.name), c => c.charCodeAt(0))),
        item,
      ]),
    );
  }

  hold(vector: Vector): void {
    for (const [key, value] of stored(vector)) this.#value(key, value);
    for (const block of vector.blocks) {
      for (const {hex: bytes} of block.extrinsics) {
        if (bytes !== undefined && !bytes.endsWith(CUT)) this.#extrinsic(bytes);
      }
      this.#events(block);
    }
  }

  /** The value by metadata, equal to what the codec of code makes of it where our runtime has that item. */
  #value(key: Hex, value: Hex): void {
    const item = this.#items.get(key.slice(0, PREFIX));
    // Events are held to one by one: those of pallets that nobody described are among them.
    if (item === undefined || item.name === "Events") return;
    const name = `${item.pallet}.${item.name} ${value.slice(0, 60)}`;
    const read = readValue(item.value, hex(value));
    assert.ok(read.ok, `${name}: ${read.ok || read.error.message}`);
    assert.equal(bytesToHex(unwrap(writeValue(item.value, read.value))), value, name);
    const entry = this.#chain.composition.pallets
      .find(pallet => pallet.name === item.pallet)
      ?.storage.find(each => each.name === item.name);
    if (entry !== undefined && !this.#isNamedOtherwise(item)) {
      assert.deepEqual(read.value, unwrap(decode(entry.value, hex(value))), name);
    }
    const keys = readStorageKey(item, bytesToBinary(hex(key)), hashing)!;
    assert.equal(keys.includes(undefined), false, name);
    assert.equal(unwrap(storageKey(item, keys, hashing)), bytesToBinary(hex(key)), name);
    this.values++;
  }

  /** The codec of code has other names for what older Balances call `misc_frozen` and `fee_frozen`. */
  #isNamedOtherwise({value, name}: StorageItem): boolean {
    const data = value.def.kind === "composite" ? value.def.fields.at(-1)?.type.def : undefined;
    const fields = data?.kind === "composite" ? data.fields : [];
    return name === "Account" && fields.some(field => field.name === "misc_frozen");
  }

  #extrinsic(bytes: Hex): void {
    const read = readExtrinsic(this.#description, hex(bytes));
    // The parachain's inherent, whose pallet nobody recorded the description of.
    if (!read.ok && read.error.code === "type-unknown") return;
    assert.ok(read.ok, `${bytes}: ${read.ok || read.error.message}`);
    assert.equal(bytesToHex(unwrap(writeExtrinsic(this.#description, read.value))), bytes);
    this.extrinsics++;
  }

  #events({eventsRaw, events}: RecordedBlock): void {
    const lists =
      events === undefined
        ? [hex(eventsRaw)]
        : events.map(event => concatBytes(Uint8Array.of(4), hex(event)));
    for (const list of lists) {
      const read = unwrap(readEvents(this.#description, list));
      if (read.rest !== undefined) {
        // Of pallets that nobody recorded the description of, and that we do not have.
        assert.ok(["type-unknown", "invalid-value"].includes(read.rest.failure.code), "unreadable");
        continue;
      }
      const byRuntime = readByRuntime(this.#chain, list);
      assert.deepEqual(
        read.events.map(({name, fields}) => [name, fields]),
        byRuntime.map(({event}) => [`${event.type}.${event.value.type}`, event.value.value]),
      );
      this.events += read.events.length;
    }
  }
}

function holdAll(runtime: string, description: ChainDescription, chain: CollatorChain): void {
  const holding = new Holding(description, chain);
  for (const name of vectorNames(runtime)) {
    const vector = readVector(runtime, name);
    if (vector === undefined) continue;
    test(`${runtime}: ${name}, read and written again by its description`, () => {
      holding.hold(vector);
    });
  }
  test(`${runtime}: values, extrinsics and events by the hundred were among them`, () => {
    assert.ok(holding.values > 500, `${holding.values} values`);
    assert.ok(holding.extrinsics > 200, `${holding.extrinsics} extrinsics`);
    assert.ok(holding.events > 500, `${holding.events} events`);
  });
}

holdAll("hyperbridge-100", describeOurs(composeGargantuan(hashing)), composeGargantuan(hashing));
holdAll("rhala-1241", describeRecordedRhala(), composeRhala(hashing));
