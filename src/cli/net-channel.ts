import type {ChildProcess} from "node:child_process";
import type {NetNodeState, NetQuestions} from "#rpc";

/**
 * How a node that runs in a process of its own asks the `khala net` that started it for all nodes: over the channel between the
 * two, which nobody else can write to. A node is given no addresses, and calls none.
 */
const ASKED = "net-nodes-asked";
const TOLD = "net-nodes-told";

/** Says to a child that there is somebody to ask. */
export const OF_A_NET = {OF_KHALA_NET: "1"};

/** A parent that takes longer is not there, or stopped. */
const PATIENCE = 5_000;

interface Message {
  readonly type: string;
  readonly id: number;
  readonly nodes?: readonly NetNodeState[];
}

/** Answers a child's questions for as long as it runs. */
export function answerOverChannel(child: ChildProcess, net: NetQuestions): void {
  child.on("message", message => {
    const {type, id} = message as Message;
    if (type !== ASKED) return;
    net.nodes().then(nodes => {
      if (child.connected) child.send({type: TOLD, id, nodes}, () => {});
    });
  });
}

/** Undefined where nobody started this process as a node of a net. */
export function netOverChannel(environment: NodeJS.ProcessEnv): NetQuestions | undefined {
  const {channel} = process;
  if (channel === undefined || environment.OF_KHALA_NET !== OF_A_NET.OF_KHALA_NET) return undefined;
  const waiting = new Map<number, (nodes: readonly NetNodeState[] | undefined) => void>();
  let last = 0;
  process.on("message", message => {
    const {type, id, nodes} = message as Message;
    if (type === TOLD) waiting.get(id)?.(nodes);
  });
  // Whoever listens keeps the process alive, unless said otherwise.
  channel.unref();
  return {
    nodes() {
      const id = ++last;
      return new Promise<readonly NetNodeState[] | undefined>(resolve => {
        const late = setTimeout(() => resolve(undefined), PATIENCE);
        waiting.set(id, nodes => {
          clearTimeout(late);
          resolve(nodes);
        });
        process.send?.({type: ASKED, id});
      }).finally(() => waiting.delete(id));
    },
  };
}
