import {err, ok} from "#base";
import {bytes, method, param} from "../../declare/index.ts";
import type {TimeTools} from "../../questions/time-tools.ts";
import {toHex} from "../../shapes/hex.ts";
import {timeToolError} from "../../shapes/time-tool-error.ts";

/** Another runtime from the next block on, against all rules of upgrades; its migrations run there. */
export const devSetCode = (tools: TimeTools) =>
  method({
    name: "dev_setCode",
    unsafe: true,
    params: [param("code", bytes)],
    result: "Hash of the last block of the old runtime, after which the new code is there",
    async handle(_, code) {
      const made = await tools.setCode(code);
      return made.ok ? ok(toHex(made.value.hash)) : err(timeToolError(made.error));
    },
  });
