import {constantAnswer, exportApi} from "../answer.ts";
import type {Parts} from "../parts.ts";

/** `Core_version`, `AuraApi_slot_duration` and the others that answer alike on every state. */
export function exportConstants(parts: Parts): void {
  for (const [name, answer] of parts.contents.constantAnswers) {
    exportApi(parts, name, () => constantAnswer(parts.module, answer));
  }
}
