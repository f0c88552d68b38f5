import {hostTrap} from "../host-trap.ts";
import {data, type Form, u32, u64} from "./forms.ts";
import {type AnswerForm, type HostFunction, ofGroup} from "./host-function.ts";

const define = ofGroup("off-chain");

type Shape = readonly [name: string, params: readonly Form<unknown>[], answer: AnswerForm];

const SHAPES: readonly Shape[] = [
  ["is_validator", [], "i32"],
  ["submit_transaction", [data], "span"],
  ["network_state", [], "span"],
  ["timestamp", [], "i64"],
  ["sleep_until", [u64], "nothing"],
  ["random_seed", [], "address"],
  ["local_storage_set", [u32, data, data], "nothing"],
  ["local_storage_clear", [u32, data], "nothing"],
  ["local_storage_compare_and_set", [u32, data, data, data], "i32"],
  ["local_storage_get", [u32, data], "span"],
  ["http_request_start", [data, data, data], "span"],
  ["http_request_add_header", [u32, data, data], "span"],
  ["http_request_write_body", [u32, data, data], "span"],
  ["http_response_wait", [data, data], "span"],
  ["http_response_headers", [u32], "span"],
  ["http_response_read_body", [u32, data, data], "span"],
  ["set_authorized_nodes", [data, u32], "nothing"],
];

/**
 * For off-chain workers, which this program does not run. In any other call upstream's host panics over them, which ends
 * the call; so here.
 */
export const offChainFunctions: readonly HostFunction[] = SHAPES.map(([name, params, answer]) =>
  define(`offchain_${name}_version_1`, params, answer, () =>
    hostTrap(`${name} is for off-chain workers alone`),
  ),
);
