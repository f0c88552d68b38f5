import type {Page, WebSocketRoute} from "playwright-core";

/** One message of JSON-RPC, either way. */
export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: {readonly code: number; readonly message: string};
  readonly params?: unknown;
}

interface Rules {
  /** Answers a call in the node's place; undefined: the node does. */
  readonly answer?: (call: Message) => Omit<Message, "id"> | undefined;
  /** Changes what the node says; undefined: it is not passed on. */
  readonly change?: (said: Message) => Message | undefined;
  /** How long what the node says is held back, in ms. */
  readonly delay?: () => number;
}

/** What stands between a page and its node, to count, to change and to cut off. */
export interface Between {
  /** Methods that the page has called, in order. */
  readonly called: readonly string[];
  /** Breaks the connection. Until it is let through again, the page reaches nothing. */
  cutOff(): Promise<void>;
  letThrough(): void;
}

/** Has to be asked for before the page is opened. */
export async function standBetween(
  page: Page,
  {answer, change, delay}: Rules = {},
): Promise<Between> {
  const called: string[] = [];
  let open: WebSocketRoute | undefined;
  let isCutOff = false;
  await page.routeWebSocket(/^ws:/, socket => {
    if (isCutOff) {
      void socket.close();
      return;
    }
    open = socket;
    const node = socket.connectToServer();
    socket.onMessage(text => {
      const call = JSON.parse(String(text)) as Message;
      called.push(call.method ?? "");
      const instead = answer?.(call);
      if (instead === undefined) node.send(text);
      else socket.send(JSON.stringify({jsonrpc: "2.0", id: call.id, ...instead}));
    });
    node.onMessage(text => {
      const said = JSON.parse(String(text)) as Message;
      const passed = change === undefined ? said : change(said);
      if (passed === undefined) return;
      const held = delay?.() ?? 0;
      if (held === 0) socket.send(JSON.stringify(passed));
      else setTimeout(() => socket.send(JSON.stringify(passed)), held);
    });
  });
  return {
    called,
    async cutOff() {
      isCutOff = true;
      await open?.close();
    },
    letThrough() {
      isCutOff = false;
    },
  };
}
