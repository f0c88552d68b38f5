/**
 * Calls by their names: arguments in, bytes out and back, calls within calls too.
 *
 * Out of scope: signing them (`extrinsics`), and what a call does.
 */
export {
  type CallFailure,
  callFrom,
  type DecodedCall,
  decodeCall,
  encodeCall,
} from "./calls.ts";
