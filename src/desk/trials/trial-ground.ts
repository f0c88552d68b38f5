import {ok, type Result, slot} from "#base";
import {decode, u64} from "#codec";
import {preDigest} from "#consensus";
import type {Hashing} from "#crypto";
import {
  type ChainDescription,
  findItem,
  StateReader,
  storageKey,
  type ValueMisfit,
  writeValue,
} from "#description";
import type {Header} from "#primitives";
import {type ApiFailure, initializeBlock, type Runtime, type RuntimeHost} from "#runtime-api";
import {Overlay, type StateView} from "#state";

/** What is tried on: the state of a block, and the runtime that it holds. */
export interface TrialGround {
  readonly runtime: Runtime;
  readonly description: ChainDescription;
  readonly state: StateView;
  readonly hashing: Hashing;
}

const HASH_SIZE = 32;

/** One trial: a state of its own over the ground's. Every signature is good in it. */
export class Trial {
  readonly ground: TrialGround;
  readonly #overlay: Overlay;
  readonly host: RuntimeHost;
  readonly reader: StateReader;

  constructor(ground: TrialGround) {
    this.ground = ground;
    this.#overlay = new Overlay(ground.state);
    this.host = {state: this.#overlay, verifySignature: () => true};
    this.reader = new StateReader(ground.description, this.#overlay, ground.hashing);
  }

  /** Writes a value by its item's name; a failure where the chain has no such item, or it takes no such value. */
  write(name: string, keys: readonly unknown[], value: unknown): Result<void, ValueMisfit> {
    const item = findItem(this.ground.description, name);
    if (item === undefined)
      return {ok: false, error: {code: "misfit", at: name, expected: "an item"}};
    const key = storageKey(item, keys, this.ground.hashing);
    if (!key.ok) return key;
    const written = writeValue(item.value, value);
    if (!written.ok) return written;
    this.#overlay.set(key.value, written.value);
    return ok();
  }

  /** Takes away all that stands under an item; nothing where there is none. */
  clear(name: string, keys: readonly unknown[] = []): void {
    const item = findItem(this.ground.description, name);
    const key = item && storageKey(item, keys, this.ground.hashing);
    if (key?.ok) this.#overlay.clearPrefix(key.value);
  }

  /** Begins a block of that number, in the slot after the last one. */
  begin(number: number): Result<unknown, ApiFailure | {readonly code: "state-missing"}> {
    // Agendas of all the blocks that are leapt over would be looked for one by one.
    this.clear("Scheduler.IncompleteSince");
    // frame-system of 2026 (45.0.0) begins no block but the next one.
    this.write("System.Number", [], number - 1);
    const nothing = new Uint8Array(HASH_SIZE);
    const last = this.reader.stored("Aura.CurrentSlot");
    const read = last === undefined ? undefined : decode(u64, last);
    const header: Header = {
      parentHash: nothing,
      number,
      stateRoot: nothing,
      extrinsicsRoot: nothing,
      digest: [preDigest(slot(read?.ok ? Number(read.value) + 1 : 1))],
    };
    return initializeBlock(this.ground.runtime, this.host, header);
  }
}
