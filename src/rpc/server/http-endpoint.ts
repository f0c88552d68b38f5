import type {IncomingMessage, ServerResponse} from "node:http";
import type {NodeInfo} from "../backend/index.ts";
import {answer} from "../dispatch/answer.ts";
import type {Caller} from "../dispatch/call.ts";
import {healthPage} from "./health-endpoint.ts";
import {type Pages, servePage} from "./pages.ts";
import {readBody} from "./request-body.ts";

const JSON_TYPE = "application/json";

/** How long a browser may remember what a preflight said: a day, the most that any of them does. */
const PREFLIGHT_SECONDS = 86_400;

export interface HttpEndpointDependencies {
  readonly caller: Omit<Caller, "turn">;
  readonly node: NodeInfo;
  readonly maxRequestBytes: number;
  /** The dashboard, where the program was built with one. */
  readonly pages: Pages | undefined;
}

/** Serves a request that was let in: a call by POST, pages and health by GET, and what browsers ask beforehand. */
export async function serveHttp(
  request: IncomingMessage,
  response: ServerResponse,
  dependencies: HttpEndpointDependencies,
): Promise<void> {
  allowOrigin(request, response);
  switch (request.method) {
    case "POST":
      return serveCall(request, response, dependencies);
    case "OPTIONS":
      return servePreflight(request, response);
    case "GET":
      if (servePage(request, response, dependencies.pages)) return;
      return serveHealth(request, response, dependencies.node);
    case "HEAD":
      if (servePage(request, response, dependencies.pages)) return;
      return refuseMethod(response);
    default:
      return refuseMethod(response);
  }
}

function refuseMethod(response: ServerResponse): void {
  end(response, 405, "Used HTTP Method is not allowed. POST or OPTIONS is required");
}

export function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {"content-type": "text/plain"}).end(`${text}\n`);
}

function allowOrigin({headers}: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader("access-control-allow-origin", headers.origin);
  response.setHeader("vary", "Origin");
}

async function serveCall(
  request: IncomingMessage,
  response: ServerResponse,
  {caller, maxRequestBytes}: HttpEndpointDependencies,
): Promise<void> {
  // Other types can be posted by any page without a preflight.
  if (!request.headers["content-type"]?.toLowerCase().startsWith(JSON_TYPE)) {
    return end(response, 415, `Supplied content type is not allowed: ${JSON_TYPE} is required`);
  }
  const text = await readBody(request, maxRequestBytes);
  if (text === undefined) {
    response.setHeader("connection", "close");
    return end(response, 413, `The request is longer than ${maxRequestBytes} bytes`);
  }
  let reply: string | undefined;
  const turn = caller.context.turn();
  await answer(text, {...caller, turn}, answered => {
    reply = answered;
  });
  if (reply === undefined) response.writeHead(204).end();
  else response.writeHead(200, {"content-type": JSON_TYPE}).end(reply);
}

function servePreflight({headers}: IncomingMessage, response: ServerResponse): void {
  response.setHeader("access-control-allow-methods", "POST, GET, OPTIONS");
  response.setHeader("access-control-allow-headers", "content-type");
  response.setHeader("access-control-max-age", PREFLIGHT_SECONDS);
  // A public page asks so before it speaks to a machine in a private network, this one for instance.
  if (headers["access-control-request-private-network"] === "true") {
    response.setHeader("access-control-allow-private-network", "true");
  }
  response.writeHead(204).end();
}

function serveHealth(request: IncomingMessage, response: ServerResponse, node: NodeInfo): void {
  const page = healthPage(request.url?.split("?", 1)[0], node);
  if (page === undefined) {
    end(response, 405, "JSON-RPC goes by POST or WebSocket");
    return;
  }
  const status = page.isWell ? 200 : 503;
  response.writeHead(status, {"content-type": JSON_TYPE}).end(JSON.stringify(page.body));
}
