import {err, ok, type Result} from "#base";
import {bytes, decode, fixedBytes, struct, u32, vec} from "#codec";
import {findItem, type StateReader} from "#description";
import type {RelayWorld} from "./relay-view.ts";

/** What a view takes of the parachain's own state. */
export type RelayFact = Pick<RelayWorld, "paraId" | "hasPendingCode" | "downwardHead" | "channels">;

/** Why a state does not say it, in words. */
export type RelayFactsMissing = string;

const heads = vec(struct({sender: u32, head: fixedBytes(32)}));

/**
 * Read from the state after the parent. The bytes are read as they stand, since metadata 13 does not describe their types and no
 * runtime has laid them out in another way. `askParaId`: the runtime's own answer (`GetParachainInfo`), where it gives one.
 */
export function relayFacts(
  reader: StateReader,
  askParaId: () => number | undefined,
): Result<RelayFact, RelayFactsMissing> {
  const paraId = askParaId() ?? paraIdIn(reader);
  if (paraId === undefined) {
    return err("the runtime does not say its parachain's id (ParachainInfo.ParachainId)");
  }
  const pending = reader.stored("ParachainSystem.PendingValidationCode");
  const code = pending === undefined ? undefined : decode(bytes, pending);
  const kept = reader.stored("ParachainSystem.LastHrmpMqcHeads");
  const channels = kept === undefined ? ok([]) : decode(heads, kept);
  if (!channels.ok) return err("ParachainSystem.LastHrmpMqcHeads cannot be read");
  return ok({
    paraId,
    hasPendingCode: code?.ok === true && code.value.length > 0,
    downwardHead: reader.stored("ParachainSystem.LastDmqMqcHead"),
    channels: channels.value,
  });
}

function paraIdIn(reader: StateReader): number | undefined {
  const item = findItem(reader.description, "ParachainInfo.ParachainId");
  if (item === undefined) return undefined;
  const stored = reader.stored("ParachainInfo.ParachainId") ?? item.fallback;
  const id = decode(u32, stored);
  return id.ok ? id.value : undefined;
}
