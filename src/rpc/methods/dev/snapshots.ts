import {err, ok} from "#base";
import {method, param, text} from "../../declare/index.ts";
import type {NamedSnapshot, TimeTools} from "../../questions/time-tools.ts";
import {toHex} from "../../shapes/hex.ts";
import {timeToolError} from "../../shapes/time-tool-error.ts";

const SHAPE = "{name, number, hash}";
const json = ({name, number, hash}: NamedSnapshot) => ({name, number, hash: toHex(hash)});

/** Ours: names the best block, to come back to; its state stays whatever is pruned, also over a restart. */
export const devSnapshot = (tools: TimeTools) =>
  method({
    name: "dev_snapshot",
    unsafe: true,
    params: [param("name", text)],
    result: `${SHAPE}; a name that is taken goes over to this block`,
    handle(_, name) {
      const taken = tools.snapshot(name);
      return taken.ok ? ok(json(taken.value)) : err(timeToolError(taken.error));
    },
  });

/** Ours: back to a block that was named, or forth to it; subscribers are told what differs, as with a reorganization. */
export const devRestore = (tools: TimeTools) =>
  method({
    name: "dev_restore",
    unsafe: true,
    params: [param("name", text)],
    result: `${SHAPE} of the block that is now the best one; the name stays`,
    async handle(_, name) {
      const restored = await tools.restore(name);
      return restored.ok ? ok(json(restored.value)) : err(timeToolError(restored.error));
    },
  });

export const devSnapshots = (tools: TimeTools) =>
  method({
    name: "dev_snapshots",
    unsafe: true,
    params: [],
    result: `[${SHAPE}], the oldest first`,
    handle: () => ok(tools.snapshots().map(json)),
  });

/** Ours: lets a name go; its state then goes as any other. */
export const devDropSnapshot = (tools: TimeTools) =>
  method({
    name: "dev_dropSnapshot",
    unsafe: true,
    params: [param("name", text)],
    result: "null",
    handle(_, name) {
      const dropped = tools.dropSnapshot(name);
      return dropped.ok ? ok(null) : err(timeToolError(dropped.error));
    },
  });
