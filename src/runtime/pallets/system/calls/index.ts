import type {Result} from "#base";
import type {DigestItem, DispatchError, Hash, Weight} from "#primitives";
import type {Externalities} from "#state";
import type {Call} from "../../../frame/index.ts";
import type {SystemErrors, SystemEvents} from "../pallet-parts.ts";
import {killPrefix, killStorage, setStorage} from "./raw-storage.ts";
import {remark} from "./remark.ts";
import {remarkWithEvent} from "./remark-with-event.ts";
import {setCode, setCodeWithoutChecks} from "./set-code.ts";
import {setHeapPages} from "./set-heap-pages.ts";

export interface SystemCallConfig {
  readonly events: SystemEvents;
  readonly errors: SystemErrors;
  /**
   * Whether a blob may become `:code`. A TypeScript runtime must never run on under foreign code, so a chain
   * refuses what does not carry its marker, also where upstream would not look (`set_code_without_checks`).
   */
  readonly checkCode: (
    state: Externalities,
    code: Uint8Array,
    checks: "version" | "marker-only",
    errors: SystemErrors,
  ) => Result<void, DispatchError>;
  readonly maxBlock: Weight;
  readonly depositLog: (state: Externalities, item: DigestItem) => void;
  readonly hash: (data: Uint8Array) => Hash;
}

export function systemCalls(config: SystemCallConfig): Call[] {
  return [
    remark(),
    setHeapPages(config),
    setCode(config),
    setCodeWithoutChecks(config),
    setStorage(),
    killStorage(),
    killPrefix(),
    remarkWithEvent(config),
  ];
}
