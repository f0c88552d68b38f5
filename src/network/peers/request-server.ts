import type {Clock, Logger, Result} from "#base";
import {decodeBlockRequest} from "../protocols/block-request.ts";
import {encodeBlockResponse} from "../protocols/block-response.ts";
import {decodeLightRequest, encodeLightResponse} from "../protocols/light-request.ts";
import type {Malformed} from "../protocols/malformed.ts";
import {
  type ChainNames,
  protocolNames,
  REQUEST_LIMITS,
  type RequestName,
} from "../protocols/protocol-table.ts";
import {decodeStateRequest, encodeStateResponse} from "../protocols/state-request.ts";
import {decodeWarpRequest} from "../protocols/warp-request.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {RequestProtocol} from "../transport/requests.ts";
import {ByteBudget} from "./byte-budget.ts";
import {RepeatedRequests} from "./repeated-requests.ts";
import type {ReportReason} from "./report-reasons.ts";
import type {Refusal, RequestHandlers} from "./request-handlers.ts";

export interface RequestServerOptions {
  readonly chain: ChainNames;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly handlers: RequestHandlers;
  report(peer: PeerId, reason: ReportReason): void;
}

type Decoded<T> = Result<T, Malformed>;

/** How one protocol's bytes become a call of its handler. */
interface Rules<Request, Response> {
  decode(bytes: Uint8Array): Decoded<Request>;
  answer(peer: PeerId, request: Request, signal: AbortSignal): Promise<Result<Response, Refusal>>;
  encode(response: Response, request: Request): Uint8Array;
  /** What asking for the same too often costs; undefined when it is no offence. */
  repeated(request: Request): ReportReason | undefined;
  readonly malformed: ReportReason;
}

/** The protocols that the node answers, with the limits that keep asking from being cheaper than answering. */
export function requestProtocols(options: RequestServerOptions): readonly RequestProtocol[] {
  const {blocks, state, light, warp} = options.handlers;
  const shared = {
    ...options,
    budget: new ByteBudget(options.clock),
    repeats: new RepeatedRequests(options.clock),
  };
  const protocols: RequestProtocol[] = [];
  if (blocks !== undefined) {
    const serve = serving(shared, "blocks", {
      decode: decodeBlockRequest,
      answer: blocks,
      encode: (response, request) =>
        encodeBlockResponse(response, {
          multipleJustifications: request.supportsMultipleJustifications === true,
        }),
      repeated: ({attributes}) =>
        attributes.body ? "same-block-request" : "same-small-block-request",
      malformed: "message-malformed",
    });
    protocols.push(serve);
  }
  if (state !== undefined) {
    const serve = serving(shared, "state", {
      decode: decodeStateRequest,
      answer: state,
      encode: encodeStateResponse,
      repeated: () => "same-state-request",
      malformed: "message-malformed",
    });
    protocols.push(serve);
  }
  if (light !== undefined) {
    const serve = serving(shared, "light", {
      decode: decodeLightRequest,
      answer: async (peer, request, signal) =>
        request.kind !== "call" && request.keys.length === 0
          ? {ok: false, error: {code: "refused", report: "light-request-invalid"}}
          : light(peer, request, signal),
      encode: encodeLightResponse,
      repeated: () => undefined,
      malformed: "light-request-invalid",
    });
    protocols.push(serve);
  }
  if (warp !== undefined) {
    const serve = serving(shared, "warp", {
      decode: decodeWarpRequest,
      answer: warp,
      encode: response => response,
      repeated: () => undefined,
      malformed: "message-malformed",
    });
    protocols.push(serve);
  }
  return protocols;
}

interface Shared extends RequestServerOptions {
  readonly budget: ByteBudget;
  readonly repeats: RepeatedRequests;
}

function serving<Request, Response>(
  {chain, logger, report, budget, repeats}: Shared,
  name: RequestName,
  rules: Rules<Request, Response>,
): RequestProtocol {
  const limits = REQUEST_LIMITS[name];
  let queued = 0;
  const answer: RequestProtocol["answer"] = async (peer, bytes, signal) => {
    if (queued >= limits.queue || !budget.hasSome(peer)) return undefined;
    const request = rules.decode(bytes);
    if (!request.ok) {
      report(peer, rules.malformed);
      return undefined;
    }
    const offence = rules.repeated(request.value);
    if (offence !== undefined && repeats.isExcessive(peer, bytes)) {
      report(peer, offence);
      return undefined;
    }
    queued++;
    try {
      const response = await rules.answer(peer, request.value, signal);
      if (!response.ok) {
        if (response.error.report !== undefined) report(peer, response.error.report);
        return undefined;
      }
      const encoded = rules.encode(response.value, request.value);
      budget.spend(peer, encoded.length);
      // An empty answer is no answer: the block may be there next time.
      if (encoded.length > 0) repeats.answered(peer, bytes);
      return encoded;
    } catch (error) {
      // A bug in an answer must not take the node down for whoever finds the question.
      logger.log("error", "network", `answering a ${name} request failed`, {peer, error});
      return undefined;
    } finally {
      queued--;
    }
  };
  return {
    names: protocolNames(chain, name),
    maxRequest: limits.maxRequest,
    maxInFlight: limits.perPeer,
    answer,
  };
}
