import {err, ok} from "#base";
import {bytes, either, method, param, type Reader} from "../../declare/index.ts";
import type {CallGiven, TimeTools} from "../../questions/time-tools.ts";
import {toHex} from "../../shapes/hex.ts";
import {timeToolError} from "../../shapes/time-tool-error.ts";

interface Given {
  readonly origin: unknown;
  readonly call: CallGiven;
}

const namedCall: Reader<{call: string; args?: unknown}> = {
  expected: '{"call": "Pallet.name", "args"?: {name: value}}',
  schema: {
    type: "object",
    properties: {call: {type: "string"}, args: {type: "object"}},
    required: ["call"],
    additionalProperties: false,
  },
  read(json) {
    if (typeof json !== "object" || json === null) return undefined;
    const {call, args, ...others} = json as {call?: unknown; args?: unknown};
    const isIt = typeof call === "string" && Object.keys(others).length === 0;
    return isIt ? {call, args} : undefined;
  },
};
const callGiven = either<Uint8Array, {call: string; args?: unknown}>(bytes, namedCall);

const given: Reader<Given> = {
  expected: `{"origin": "root", {"signed": address} or any origin of the runtime's, "call": ${callGiven.expected}}`,
  schema: {
    type: "object",
    properties: {
      origin: {anyOf: [{type: "string"}, {type: "object"}]},
      call: callGiven.schema,
    },
    required: ["origin", "call"],
    additionalProperties: false,
  },
  read(json) {
    if (typeof json !== "object" || json === null) return undefined;
    const {origin, call, ...others} = json as {origin?: unknown; call?: unknown};
    const read = callGiven.read(call);
    const isOrigin = typeof origin === "string" || (typeof origin === "object" && origin !== null);
    return isOrigin && read !== undefined && Object.keys(others).length === 0
      ? {origin, call: read}
      : undefined;
  },
};

/** A call with any origin, without anybody's signature. */
export const devDispatch = (tools: TimeTools) =>
  method({
    name: "dev_dispatch",
    unsafe: true,
    params: [param("dispatch", given)],
    result:
      "{how: signed | sudo | sudo-as | scheduled | relay-message, blockHash, blockNumber, error: name or null, events: [Pallet.Name]}",
    async handle(_, request) {
      const done = await tools.dispatch(request);
      if (!done.ok) return err(timeToolError(done.error));
      const {how, hash, number, error, events} = done.value;
      return ok({
        how,
        blockHash: toHex(hash),
        blockNumber: number,
        error: error ?? null,
        events: events.map(({name}) => name),
      });
    },
  });
