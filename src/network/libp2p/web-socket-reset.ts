import type {MultiaddrConnection} from "@libp2p/interface";

interface WebSocketConnection {
  readonly websocket: {close(): void; terminate?: () => void};
  sendReset: () => void;
}

/**
 * Cutting a WebSocket connection has to close its socket. Upstream closes it with code 1006, which the standard
 * reserves: the call throws, the exception is swallowed and the socket stays open for ever.
 */
export function mendReset(connection: MultiaddrConnection): void {
  if (!("websocket" in connection)) return;
  const mended = connection as unknown as WebSocketConnection;
  const {websocket} = mended;
  mended.sendReset = () => {
    if (websocket.terminate === undefined) websocket.close();
    else websocket.terminate();
  };
}
