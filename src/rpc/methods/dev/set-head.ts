import {err, ok} from "#base";
import type {Hash} from "#primitives";
import {either, hash, method, param, type Reader} from "../../declare/index.ts";
import type {TimeTools} from "../../questions/time-tools.ts";
import {toHex} from "../../shapes/hex.ts";
import {refusal, timeToolError} from "../../shapes/time-tool-error.ts";

/** As in chopsticks: a height, or where it is not above zero, as many blocks back from the best one. */
const place: Reader<number> = {
  expected: "a block number (0 or less: so many blocks back)",
  schema: {type: "integer"},
  read: json => (Number.isSafeInteger(json) ? (json as number) : undefined),
};

/** Back, and forth again: what was built on a block stays, and is found by its hash. */
export const devSetHead = (tools: TimeTools) =>
  method({
    name: "dev_setHead",
    unsafe: true,
    params: [param("hashOrNumber", either<Hash, number>(hash, place))],
    result: "Hash of the block that is now the best one",
    async handle({chain}, wanted) {
      let block: Hash | undefined;
      if (typeof wanted === "number") {
        const number = wanted > 0 ? wanted : chain.best().number + wanted;
        block = number < 0 ? undefined : chain.hashOf(number);
        if (block === undefined) {
          return err(
            refusal(
              `No block ${number} on the best chain; blocks off it are gone to by their hash`,
            ),
          );
        }
      } else block = wanted;
      const moved = await tools.setHead(block);
      return moved.ok ? ok(toHex(moved.value.hash)) : err(timeToolError(moved.error));
    },
  });
