import {ok} from "#base";
import {inSlices} from "../../access/in-slices.ts";
import type {RpcContext} from "../../context/rpc-context.ts";
import type {ItemSink, Started} from "../../declare/index.ts";

/** Looking for an event brought none, which takes its time too. */
export const NOTHING = Symbol("no event");

/** Events of a query, one after the other at the pace of the client's reading, and one more at the end. */
export interface Events {
  readonly items: Iterable<unknown>;
  readonly done: unknown;
  failed(error: string): unknown;
  /** Called at the end, however it comes. */
  release(): void;
}

/** Starts to send them; nothing goes out once the client has stopped it. */
export function stream({onBug, turn}: RpcContext, sink: ItemSink, events: Events): Started {
  let isStopped = false;
  const run = async () => {
    for await (const item of inSlices(events.items, turn())) {
      if (isStopped) return;
      if (item === NOTHING) continue;
      sink.send(item);
      await sink.room();
    }
    sink.send(events.done);
    sink.end();
  };
  run()
    .catch(error => {
      onBug(error);
      sink.send(events.failed("The node failed to read its state"));
      sink.end();
    })
    .finally(events.release);
  return ok(() => {
    isStopped = true;
  });
}

export function fail(sink: ItemSink, event: unknown): Started {
  sink.send(event);
  sink.end();
  return ok(() => undefined);
}
