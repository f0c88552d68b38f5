import type {BinaryString} from "#base";
import type {ChildState, Cleared, Externalities, Overlay, StateVersion} from "#state";
import type {StorageAccess} from "./answers.ts";

/** A state that notes each access, for the part of the execution that is under way. */
export class TracingState implements Externalities {
  readonly accesses: StorageAccess[] = [];
  /** Of the part under way. */
  span = 0;
  readonly #state: Overlay;

  constructor(state: Overlay) {
    this.#state = state;
  }

  get(key: BinaryString): Uint8Array | undefined {
    const value = this.#state.get(key);
    this.#note("Get", key, value);
    return value;
  }

  has(key: BinaryString): boolean {
    const found = this.#state.has(key);
    this.#note("Exists", key, found ? Uint8Array.of(1) : undefined);
    return found;
  }

  nextKey(key: BinaryString): BinaryString | undefined {
    const next = this.#state.nextKey(key);
    this.#note("NextKey", key, next === undefined ? undefined : Buffer.from(next, "latin1"));
    return next;
  }

  set(key: BinaryString, value: Uint8Array): void {
    this.#note("Put", key, value);
    this.#state.set(key, value);
  }

  remove(key: BinaryString): void {
    this.#note("Put", key, undefined);
    this.#state.remove(key);
  }

  append(key: BinaryString, item: Uint8Array): void {
    this.#note("Append", key, item);
    this.#state.append(key, item);
  }

  clearPrefix(prefix: BinaryString, limit?: number): Cleared {
    this.#note("ClearPrefix", prefix, undefined);
    return this.#state.clearPrefix(prefix, limit);
  }

  /** Not noted: accesses have no place for the name of a trie. */
  child(name: BinaryString): ChildState {
    return this.#state.child(name);
  }

  begin(): void {
    this.#state.begin();
  }

  commit(): void {
    this.#state.commit();
  }

  rollback(): void {
    this.#state.rollback();
  }

  get depth(): number {
    return this.#state.depth;
  }

  fenced<T>(work: () => T): T {
    return this.#state.fenced(work);
  }

  root(version: StateVersion): Uint8Array {
    return this.#state.root(version);
  }

  #note(method: StorageAccess["method"], key: BinaryString, value: Uint8Array | undefined): void {
    this.accesses.push({method, key, value, span: this.span});
  }
}
