import {err, ok, type Result} from "#base";
import type {PeerId, RequestClient} from "#network";
import type {BlocksWanted, ReceivedBlock} from "#sync";

/** Asks a peer by sync/2; the failure is a word. */
export async function readBlocks(
  requests: Pick<RequestClient, "blocks">,
  peer: PeerId,
  wanted: BlocksWanted,
  signal: AbortSignal,
): Promise<Result<readonly ReceivedBlock[], string>> {
  const request = {
    attributes: {header: true, body: wanted.body, justification: wanted.justification},
    from: wanted.from,
    direction: wanted.direction,
    maxBlocks: wanted.max,
  };
  const answer = await requests.blocks(peer, request, signal);
  if (!answer.ok) return err(answer.error.code);
  return ok(
    answer.value.map(({hash, header, body, justifications}) => ({
      hash,
      header,
      // On the wire an empty body and none are the same.
      body: body ?? (wanted.body ? [] : undefined),
      justification: justifications?.[0]?.proof,
    })),
  );
}
