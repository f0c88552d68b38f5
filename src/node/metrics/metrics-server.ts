import {createServer, type Server, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import type {Registry} from "prom-client";
import {err, type Logger, ok, type Result} from "#base";

export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** Connections at once: scrapers, of which there are few. */
const MAX_CONNECTIONS = 16;
/** What a scraper may take to ask, in milliseconds. */
const REQUEST_TIMEOUT = 10_000;

/** Serves the registry at `/metrics`. */
export class MetricsServer {
  readonly #registry: Registry;
  readonly #logger: Logger;
  readonly #http: Server;

  constructor(registry: Registry, logger: Logger) {
    this.#registry = registry;
    this.#logger = logger;
    this.#http = createServer({requestTimeout: REQUEST_TIMEOUT}, (request, response) => {
      if (request.method !== "GET") end(response, 405, "GET only");
      else if (request.url?.split("?", 1)[0] === "/metrics") void this.#serve(response);
      else end(response, 404, "metrics are at /metrics");
    });
    this.#http.maxConnections = MAX_CONNECTIONS;
  }

  /** A failure is the system's code for it. */
  async listen({host, port}: MetricsAddress): Promise<Result<MetricsAddress, string>> {
    const failure = await new Promise<NodeJS.ErrnoException | undefined>(resolve => {
      this.#http.once("error", resolve);
      this.#http.listen({host, port}, () => resolve(undefined));
    });
    if (failure !== undefined) return err(failure.code ?? failure.message);
    this.#http.on("error", error => {
      this.#logger.log("error", "metrics", "the listener failed", {error});
    });
    return ok({host, port: (this.#http.address() as AddressInfo).port});
  }

  async close(): Promise<void> {
    if (!this.#http.listening) return;
    const closed = new Promise<void>(resolve => this.#http.close(() => resolve()));
    this.#http.closeAllConnections();
    await closed;
  }

  async #serve(response: ServerResponse): Promise<void> {
    try {
      const text = await this.#registry.metrics();
      response.writeHead(200, {"content-type": this.#registry.contentType}).end(text);
    } catch (error) {
      this.#logger.log("error", "metrics", "a metric could not be read", {error});
      end(response, 500, "a metric could not be read: see the node's log");
    }
  }
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {"content-type": "text/plain"}).end(`${text}\n`);
}
