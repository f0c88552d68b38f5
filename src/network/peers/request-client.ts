import {err, type Result} from "#base";
import type {Hash} from "#primitives";
import {type BlockRequest, encodeBlockRequest} from "../protocols/block-request.ts";
import {type BlockData, decodeBlockResponse} from "../protocols/block-response.ts";
import {
  decodeLightResponse,
  encodeLightRequest,
  type LightRequest,
  type LightResponse,
} from "../protocols/light-request.ts";
import type {Malformed} from "../protocols/malformed.ts";
import {
  type ChainNames,
  protocolNames,
  REQUEST_LIMITS,
  type RequestName,
} from "../protocols/protocol-table.ts";
import {
  decodeStateResponse,
  encodeStateRequest,
  type StateRequest,
  type StateResponse,
} from "../protocols/state-request.ts";
import type {StreamFailure} from "../transport/failures.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {Transport} from "../transport/transport.ts";
import type {ReportReason} from "./report-reasons.ts";

export type RequestFailure = StreamFailure;

export interface RequestClientOptions {
  readonly chain: ChainNames;
  readonly transport: Transport;
  report(peer: PeerId, reason: ReportReason): void;
}

type Asked<T> = Promise<Result<T, RequestFailure>>;

/** What a failure costs the peer. What it does not know or what we broke off is no fault. */
const COSTS: Readonly<Record<StreamFailure["code"], ReportReason | undefined>> = {
  timeout: "request-timeout",
  refused: "request-refused",
  "too-large": "response-malformed",
  malformed: "response-malformed",
  unsupported: undefined,
  disconnected: undefined,
  aborted: undefined,
};

/** Asks peers, and holds against them what they do wrong in answering; what the answers are worth is the caller's. */
export class RequestClient {
  readonly #options: RequestClientOptions;

  constructor(options: RequestClientOptions) {
    this.#options = options;
  }

  blocks(peer: PeerId, request: BlockRequest, signal?: AbortSignal): Asked<readonly BlockData[]> {
    const bytes = encodeBlockRequest({supportsMultipleJustifications: true, ...request});
    return this.#ask(peer, "blocks", bytes, decodeBlockResponse, signal);
  }

  state(peer: PeerId, request: StateRequest, signal?: AbortSignal): Asked<StateResponse> {
    return this.#ask(peer, "state", encodeStateRequest(request), decodeStateResponse, signal);
  }

  light(peer: PeerId, request: LightRequest, signal?: AbortSignal): Asked<LightResponse> {
    return this.#ask(peer, "light", encodeLightRequest(request), decodeLightResponse, signal);
  }

  /** The proof's SCALE bytes, from this block on. */
  warp(peer: PeerId, from: Hash, signal?: AbortSignal): Asked<Uint8Array> {
    return this.#ask(peer, "warp", from, value => ({ok: true, value}), signal);
  }

  async #ask<T>(
    peer: PeerId,
    name: RequestName,
    request: Uint8Array,
    decode: (bytes: Uint8Array) => Result<T, Malformed>,
    signal: AbortSignal | undefined,
  ): Asked<T> {
    const {chain, transport} = this.#options;
    const names = protocolNames(chain, name);
    const {maxResponse, timeout} = REQUEST_LIMITS[name];
    const answered = await transport.request(peer, {names, request, maxResponse, timeout}, signal);
    const result = answered.ok ? decode(answered.value) : answered;
    if (result.ok) return result;
    const cost = COSTS[result.error.code];
    if (cost !== undefined) this.#options.report(peer, cost);
    return err(result.error);
  }
}
