import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {NetQuestions} from "../../questions/index.ts";

/**
 * Ours: all nodes of a network on one machine. No client can name an address here: who is asked, and where, is known to the
 * program alone that started them.
 */
export const khalaNetNodes = (net: NetQuestions) =>
  method({
    name: "khala_netNodes",
    params: [],
    result:
      "[{name, url, address, role, said: {best, finalized, peers, verdict, made, turns} | null, goneSince: unix ms | null, hasEnded}]: all nodes of `khala net`, as each said when it was last heard; null where `khala net` itself does not answer",
    async handle() {
      const nodes = await net.nodes();
      return ok(
        nodes?.map(({said, goneSince, ...node}) => ({
          ...node,
          said: said ?? null,
          goneSince: goneSince ?? null,
        })) ?? null,
      );
    },
  });
