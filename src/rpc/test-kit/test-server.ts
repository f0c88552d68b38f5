import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import type {TestContext} from "node:test";
import {type Clock, type LogFields, type Logger, millis, unwrap} from "#base";
import {createProcessBudgets, type ProcessBudgets} from "../budgets/index.ts";
import type {Pages} from "../server/pages.ts";
import {type RpcAddress, RpcServer, type RpcServerOptions} from "../server/rpc-server.ts";
import {RpcClient} from "./rpc-client.ts";
import {createTestNode} from "./test-node.ts";

/** A server on a free port, over a test node; closed when the test is over. */
export async function startTestServer(
  test: TestContext,
  {
    clock,
    pages,
    budgets = createProcessBudgets(),
    ...options
  }: RpcServerOptions & {
    readonly clock?: Pick<Clock, "now">;
    readonly pages?: Pages;
    readonly budgets?: ProcessBudgets;
  } = {},
) {
  const node = createTestNode();
  const bugs: LogFields[] = [];
  const logger: Logger = {
    log(level, _, message, fields) {
      if (level === "error") bugs.push({message, ...fields});
    },
  };
  const server = new RpcServer(options, {
    ...node,
    ...(pages === undefined ? {} : {pages}),
    budgets,
    // Timers go by the virtual clock all the same: nothing happens by itself in a test.
    clock: {now: () => (clock ?? node.clock).now(), until: node.clock.until.bind(node.clock)},
    randomBytes: length => randomBytes(length),
    logger,
  });
  const address: RpcAddress = unwrap(await server.listen({port: 0}));
  const clients: RpcClient[] = [];
  test.after(async () => {
    for (const client of clients) client.terminate();
    const closed = server.close();
    // Whoever is still there when a test has failed is not waited for.
    node.clock.advanceTo(millis(node.clock.now() + 5_000));
    await closed;
    assert.deepEqual(bugs, [], "no handler threw");
  });
  const url = `127.0.0.1:${address.port}`;
  return {
    ...node,
    budgets,
    server,
    address,
    url,
    async connect(): Promise<RpcClient> {
      const client = await RpcClient.open(`ws://${url}`);
      clients.push(client);
      return client;
    },
    /** One HTTP request with a JSON body; the reply parsed. */
    async post(message: unknown): Promise<unknown> {
      const response = await fetch(`http://${url}`, {
        method: "POST",
        headers: {"content-type": "application/json"},
        body: typeof message === "string" ? message : JSON.stringify(message),
      });
      return response.json();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;
