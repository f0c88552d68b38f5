import type {RpcError} from "../json-rpc/rpc-error.ts";
import type {SnapshotRefusal} from "../questions/snapshots.ts";

/** The code of refusals that are no fault of a parameter's form. */
const REFUSED = 1;

export const snapshotError = ({code, what, todo}: SnapshotRefusal): RpcError => ({
  code: REFUSED,
  message: what,
  data: {code, ...(todo === undefined ? {} : {todo})},
});
