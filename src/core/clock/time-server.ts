/** Where the time is asked for: a host, and a UDP port where it is not the usual one. */
export interface TimeServer {
  readonly host: string;
  readonly port?: number;
}

const ADDRESS = /^(?<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?<port>\d{1,5}))?$/i;
const MAX_PORT = 65_535;

/** Reads `HOST` or `HOST:PORT`; undefined when it is neither. */
export function parseTimeServer(text: string): TimeServer | undefined {
  const {host, port} = ADDRESS.exec(text)?.groups ?? {};
  if (host === undefined || Number(port ?? 1) > MAX_PORT || Number(port ?? 1) === 0)
    return undefined;
  const bare = host.replace(/^\[|\]$/g, "");
  return port === undefined ? {host: bare} : {host: bare, port: Number(port)};
}

export const timeServerToText = ({host, port}: TimeServer): string =>
  port === undefined ? host : `${host}:${port}`;
