/**
 * State by its names: `{System: {Account: [[[address], {data: {free: "1000"}}]]}}` instead of hashed keys and SCALE
 * bytes. A value is read by the type that metadata publishes for it, so whatever a client can show it can also say:
 * integers as numbers or texts, bytes in hex, accounts as addresses, fields that are left out as zero. What a type does
 * not publish, as the longest list that a pallet takes, is not held to.
 *
 * Out of scope: what becomes of the keys and values (`dev_setStorage`), and calls (`calls`).
 */
export {callFromJson, valueFromJson} from "./json-value.ts";
export {type NamedChange, type NamedMisfit, readNamedState} from "./read-named-state.ts";
