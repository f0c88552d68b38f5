import {bytesToHex, equalBytes, invariant} from "#base";
import type {Header} from "#primitives";
import type {StateView} from "#state";
import {StoreFault} from "#store";

/**
 * Before it is written: a block is kept with the state that its header names. Its pair, after reading, is
 * `checkStateRead`. Between the two lies the disk.
 */
export function assertStateWritten(state: StateView, {number, stateRoot}: Header): void {
  invariant(equalBytes(state.root(), stateRoot), `the state of block ${number} is its header's`);
}

/** After it was read: the state is the one that the header names, or the database is damaged. */
export function checkStateRead<S extends StateView>(state: S, {number, stateRoot}: Header): S {
  const root = state.root();
  if (equalBytes(root, stateRoot)) return state;
  const detail = `the state kept for block ${number} has root ${bytesToHex(root)}, its header ${bytesToHex(stateRoot)}`;
  throw new StoreFault("database-corrupt", detail);
}
