import {join} from "node:path";
import {err, ok, type Result} from "#base";
import {
  DEFAULT_LIMITS,
  describeListenFailure,
  describeSocketFailure,
  type RpcAddress,
  type RpcClient,
  type RpcLimits,
  RpcServer,
  type RpcServerDependencies,
} from "#rpc";
import {chainFolders} from "#store";
import type {NodeConfiguration} from "./configuration.ts";
import {findDashboard} from "./dashboard-pages.ts";
import {connectionsWithin, descriptorLimit, LOCAL_CONNECTIONS} from "./descriptors.ts";
import type {Cleanups} from "./resources.ts";

/** The socket's name in the chain's folder, where nothing else is said. */
const SOCKET_NAME = "rpc.sock";

/** Where clients find the node. */
export interface RpcPlaces extends RpcAddress {
  /** A file through which whoever owns it may do anything; undefined where there is none. */
  readonly socket: string | undefined;
  /** Whether a browser that goes there sees the dashboard. */
  readonly dashboard: boolean;
  /** Who is connected to the port by WebSocket. */
  clients(): readonly RpcClient[];
}

/** Listens for clients: on a port, and at a socket for the operator. A failure is in words. */
export async function serveRpc(
  configuration: NodeConfiguration,
  dependencies: RpcServerDependencies,
  cleanups: Cleanups,
): Promise<Result<RpcPlaces, string>> {
  const {methods, origins, rateLimit} = configuration.rpc;
  const limits = limitsWithin(configuration.rpc.limits, dependencies);
  const rest = {limits, ...(origins === undefined ? {} : {origins})};
  const pages = configuration.rpc.dashboard === true ? findDashboard() : undefined;
  const create = () =>
    new RpcServer(
      {methods, ...rest, ...(rateLimit === undefined ? {} : {rateLimit})},
      {...dependencies, ...(pages === undefined ? {} : {pages})},
    );
  const listening = await listen(create, configuration.rpc, dependencies);
  if (!listening.ok) return listening;
  const {server, address} = listening.value;
  cleanups.push(() => server.close());
  const local = new RpcServer(
    {...rest, limits: {...limits, maxConnections: LOCAL_CONNECTIONS}},
    dependencies,
  );
  const socket = await listenAtSocket(local, configuration, dependencies);
  if (!socket.ok) return socket;
  cleanups.push(() => local.close());
  return ok({
    ...address,
    socket: socket.value,
    dashboard: pages !== undefined,
    clients: () => server.clients(),
  });
}

/** Refuses connections before the process has no descriptors left for what it is there for. */
function limitsWithin(
  limits: Partial<RpcLimits>,
  {logger}: Pick<RpcServerDependencies, "logger">,
): Partial<RpcLimits> {
  const wished = limits.maxConnections ?? DEFAULT_LIMITS.maxConnections;
  const {connections, warning} = connectionsWithin(descriptorLimit(), wished);
  if (warning !== undefined) logger.log("warn", "rpc", warning);
  return {...limits, maxConnections: connections};
}

/** Takes another port where the wished one is taken and need not be had. */
async function listen(
  create: () => RpcServer,
  {host, port, isPortAWish}: Pick<NodeConfiguration["rpc"], "host" | "port" | "isPortAWish">,
  {logger}: Pick<RpcServerDependencies, "logger">,
): Promise<Result<{server: RpcServer; address: RpcAddress}, string>> {
  const server = create();
  const address = await server.listen({host, port});
  if (address.ok) return ok({server, address: address.value});
  if (address.error.code === "port-in-use" && isPortAWish === true) {
    logger.log("warn", "rpc", `port ${port} is taken: a free one is used instead`);
    return listen(create, {host, port: 0}, {logger});
  }
  return err(describeListenFailure(address.error));
}

/** A socket that was asked for must be had; the one in the chain's folder is left out where it cannot be. */
async function listenAtSocket(
  server: RpcServer,
  {rpc, basePath, spec, inMemory}: NodeConfiguration,
  {logger}: RpcServerDependencies,
): Promise<Result<string | undefined, string>> {
  const {socket} = rpc;
  if (socket === "none" || (socket === undefined && inMemory === true)) return ok(undefined);
  const path = socket?.path ?? join(chainFolders(basePath, spec.id).chain, SOCKET_NAME);
  const opened = await server.listenAt(path);
  if (opened.ok) return ok(path);
  if (socket !== undefined) return err(describeSocketFailure(opened.error));
  logger.log("warn", "rpc", "no local socket", {...opened.error});
  return ok(undefined);
}
