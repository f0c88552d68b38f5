import type {IncomingMessage, ServerResponse} from "node:http";
import type {Turn} from "../budgets/turn.ts";
import {answer} from "../dispatch/answer.ts";
import type {Caller} from "../dispatch/call.ts";
import {requestTooBig, SERVER_BUSY} from "../json-rpc/rpc-error.ts";
import type {NodeInfo} from "../questions/node-info.ts";
import type {Arrivals} from "./arrivals.ts";
import type {Visitor} from "./gate.ts";
import {healthPage} from "./health-endpoint.ts";
import {type Pages, servePage} from "./pages.ts";
import {JSON_TYPE, refuse, refuseWith} from "./refusal-body.ts";
import {readBody} from "./request-body.ts";

/** How long a browser may remember what a preflight said: a day, the most that any of them does. */
const PREFLIGHT_SECONDS = 86_400;

export interface HttpEndpointDependencies {
  readonly caller: Omit<Caller, "turn">;
  readonly node: NodeInfo;
  /** Whose turns are those of all requests over its connection. */
  readonly turn: Turn;
  readonly visitor: Visitor | undefined;
  readonly arrivals: Arrivals;
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
  refuse(response, 405, "Used HTTP Method is not allowed. POST or OPTIONS is required");
}

function allowOrigin({headers}: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader("access-control-allow-origin", headers.origin);
  response.setHeader("vary", "Origin");
}

async function serveCall(
  request: IncomingMessage,
  response: ServerResponse,
  dependencies: HttpEndpointDependencies,
): Promise<void> {
  const {caller, turn, visitor, arrivals, maxRequestBytes: limit} = dependencies;
  // Other types can be posted by any page without a preflight.
  if (!request.headers["content-type"]?.toLowerCase().startsWith(JSON_TYPE)) {
    return refuse(response, 415, `Supplied content type is not allowed: ${JSON_TYPE} is required`);
  }
  const {requests} = caller.budgets;
  const body = await readBody(request, {limit, budget: requests, arrivals});
  if ("refused" in body) {
    response.setHeader("connection", "close");
    if (body.refused === "too-big") return refuseWith(response, 413, requestTooBig(limit));
    if (body.refused === "busy") return refuseWith(response, 503, SERVER_BUSY);
    if (body.refused === "too-slow") return refuse(response, 408, "The body came too slowly");
    return refuse(response, 400, "The body came in too many pieces of a few bytes");
  }
  let reply: string | undefined;
  const work = async () => {
    while (turn.isOver) await turn.next();
    await answer(body.bytes, {...caller, turn}, answered => {
      reply = answered;
    });
  };
  try {
    await (visitor === undefined ? work() : visitor.during(work));
  } finally {
    body.held.release();
  }
  if (reply === undefined) response.writeHead(204).end();
  else sendReply(response, reply, caller);
}

/** What the client has not taken counts against the budget of all answers; who makes others wait for it is cut off. */
function sendReply(
  response: ServerResponse,
  reply: string,
  {budgets}: Pick<Caller, "budgets">,
): void {
  const held = budgets.answers.open(() => response.destroy());
  response.on("close", () => held.release());
  if (held.resize(reply.length)) {
    response.writeHead(200, {"content-type": JSON_TYPE}).end(reply);
  } else {
    refuseWith(response, 503, SERVER_BUSY);
  }
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
    refuse(response, 405, "JSON-RPC goes by POST or WebSocket");
    return;
  }
  const status = page.isWell ? 200 : 503;
  response.writeHead(status, {"content-type": JSON_TYPE}).end(JSON.stringify(page.body));
}
