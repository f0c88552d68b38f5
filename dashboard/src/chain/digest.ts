import type {HeaderJson} from "../contract/node-answers.ts";

/** A pre-runtime item of the engine `aura`, 8 bytes long; its slot follows. */
const AURA = "0x066175726120";

/** The slot that a block was made in. */
export function slotOf({digest}: HeaderJson): number | undefined {
  const item = digest.logs.find(log => log.startsWith(AURA));
  if (item === undefined) return undefined;
  const bytes = item.slice(AURA.length).match(/../g) ?? [];
  return Number.parseInt(bytes.reverse().join(""), 16);
}
