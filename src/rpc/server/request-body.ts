import type {IncomingMessage} from "node:http";
import {deferred} from "./deferred.ts";

/** The body as text; undefined when it is longer than `limit` bytes. Rejects when the client goes away. */
export function readBody(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const {promise, resolve, reject} = deferred<string | undefined>();
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve(undefined);
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > limit) {
      request.pause();
      resolve(undefined);
    } else {
      chunks.push(chunk);
    }
  });
  request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
  request.on("error", reject);
  return promise;
}
