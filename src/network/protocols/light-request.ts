import type {Result} from "#base";
import type {Hash} from "#primitives";
import {hashOf} from "./block-request.ts";
import type {Malformed} from "./malformed.ts";
import {
  decodeMessage,
  eachField,
  type FieldValue,
  MessageWriter,
  pushBounded,
  reject,
} from "./protobuf.ts";

/** What a light client asks to have proved. */
export type LightRequest =
  | {
      readonly kind: "call";
      readonly block: Hash;
      readonly method: string;
      readonly data: Uint8Array;
    }
  | {readonly kind: "read"; readonly block: Hash; readonly keys: readonly Uint8Array[]}
  | {
      readonly kind: "read-child";
      readonly block: Hash;
      readonly storageKey: Uint8Array;
      readonly keys: readonly Uint8Array[];
    };

/** SCALE `Vec<Vec<u8>>` of trie nodes, or undefined when the server cannot prove it: an unknown or pruned block. */
export interface LightResponse {
  readonly kind: "call" | "read";
  readonly proof: Uint8Array | undefined;
}

/** Keys of one read: far above what light clients ask for, and each costs a walk down the trie. */
const MAX_KEYS = 1_024;

export function encodeLightRequest(request: LightRequest): Uint8Array {
  const inner = new MessageWriter().bytes(2, request.block);
  switch (request.kind) {
    case "call":
      inner.text(3, request.method).bytes(4, request.data);
      return new MessageWriter().bytes(1, inner.finish()).finish();
    case "read":
      for (const key of request.keys) inner.bytes(3, key);
      return new MessageWriter().bytes(2, inner.finish()).finish();
    case "read-child":
      inner.bytes(3, request.storageKey);
      for (const key of request.keys) inner.bytes(6, key);
      return new MessageWriter().bytes(4, inner.finish()).finish();
  }
}

export function decodeLightRequest(bytes: Uint8Array): Result<LightRequest, Malformed> {
  return decodeMessage(() => {
    let request: LightRequest | undefined;
    eachField(bytes, (field, value) => {
      if (field === 1) request = readCall(value);
      else if (field === 2) request = readRead(value);
      else if (field === 4) request = readChild(value);
      else value.skip();
    });
    return request ?? reject("no request that we know");
  });
}

function readCall(message: FieldValue): LightRequest {
  let block: Hash | undefined;
  let method = "";
  let data: Uint8Array = new Uint8Array(0);
  eachField(message.message(), (field, value) => {
    if (field === 2) block = hashOf(value.bytes());
    else if (field === 3) method = value.text();
    else if (field === 4) data = value.bytes();
    else value.skip();
  });
  return {kind: "call", block: block ?? reject("no block"), method, data};
}

function readRead(message: FieldValue): LightRequest {
  let block: Hash | undefined;
  const keys: Uint8Array[] = [];
  eachField(message.message(), (field, value) => {
    if (field === 2) block = hashOf(value.bytes());
    else if (field === 3) pushBounded(keys, value.bytes(), MAX_KEYS);
    else value.skip();
  });
  return {kind: "read", block: block ?? reject("no block"), keys};
}

function readChild(message: FieldValue): LightRequest {
  let block: Hash | undefined;
  let storageKey: Uint8Array = new Uint8Array(0);
  const keys: Uint8Array[] = [];
  eachField(message.message(), (field, value) => {
    if (field === 2) block = hashOf(value.bytes());
    else if (field === 3) storageKey = value.bytes();
    else if (field === 6) pushBounded(keys, value.bytes(), MAX_KEYS);
    else value.skip();
  });
  return {kind: "read-child", block: block ?? reject("no block"), storageKey, keys};
}

export function encodeLightResponse({kind, proof}: LightResponse): Uint8Array {
  const inner = new MessageWriter();
  if (proof !== undefined) inner.bytes(2, proof);
  return new MessageWriter().bytes(kind === "call" ? 1 : 2, inner.finish()).finish();
}

export function decodeLightResponse(bytes: Uint8Array): Result<LightResponse, Malformed> {
  return decodeMessage(() => {
    let response: LightResponse | undefined;
    eachField(bytes, (field, value) => {
      if (field !== 1 && field !== 2) {
        value.skip();
        return;
      }
      let proof: Uint8Array | undefined;
      eachField(value.message(), (inner, content) => {
        if (inner === 2) proof = content.bytes();
        else content.skip();
      });
      response = {kind: field === 1 ? "call" : "read", proof};
    });
    return response ?? reject("no response that we know");
  });
}
