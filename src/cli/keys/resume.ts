import {hexToBytes} from "#base";
import {createDiskKeyStops, KEY_TYPES, type KeyType} from "#keystore";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {keysError} from "./keystore-errors.ts";
import {keystorePlace} from "./keystore-place.ts";

/** Written out, since nobody types it by habit. */
export const CONFIRMATION = "i-have-stopped-the-other-node";

/** Lets a key sign again that was stopped because another node signed with it. A node that runs goes on by itself. */
export function resumeKey(values: FlagValues, terminal: Terminal): number {
  const [named] = values.positional;
  const publicKey = named === undefined ? undefined : hexToBytes(named);
  if (publicKey === undefined) {
    throw new DeskError({
      code: "argument-missing",
      what: named === undefined ? "which key?" : `${named} is no public key`,
      todo: `khala keys resume 0x… --${CONFIRMATION}; khala collator status names the key`,
    });
  }
  const {keystore} = keystorePlace(values);
  const stops = createDiskKeyStops(keystore);
  const found: [KeyType, string][] = [];
  for (const type of Object.keys(KEY_TYPES) as KeyType[]) {
    const stop = stops.of(type, publicKey);
    if (!stop.ok) throw keysError(stop.error, keystore);
    if (stop.value !== undefined) found.push([type, stop.value.what]);
  }
  if (found.length === 0) {
    throw new DeskError({
      code: "key-not-stopped",
      what: `the key ${named} is not stopped in ${keystore}`,
      todo: "check the key, --chain and --base-path",
    });
  }
  const reasons = found.map(([, what]) => what).join("; ");
  if (!values.has(CONFIRMATION)) {
    throw new DeskError({
      code: "other-node-unconfirmed",
      what: "another node signed with this key, and two that do can be proved guilty again",
      facts: [["seen", reasons]],
      todo: `stop the other node and see to it that it stays off, then add --${CONFIRMATION}`,
    });
  }
  for (const [type] of found) {
    const resumed = stops.resume(type, publicKey);
    if (!resumed.ok) throw keysError(resumed.error, keystore);
  }
  answer(
    terminal,
    values,
    {key: named, types: found.map(([type]) => type), seen: found.map(([, what]) => what)},
    found.map(([type]) => `the ${type} key ${named} signs again; seen before: ${reasons}`),
  );
  return SUCCESS;
}
