import type {Codec} from "#codec";
import type {Hashing} from "#crypto";
import type {RuntimeVersion} from "#primitives";
import type {Externalities} from "#state";
import type {
  CallFilter,
  Dispatcher,
  Pallet,
  RuntimeCall,
  RuntimeEvent,
  SignedExtension,
} from "../frame/index.ts";
import type {AccountData, System} from "../pallets/system/index.ts";

/** A runtime's parts, put together: what the executive runs. */
export interface Composition {
  /** Rust path of the runtime's own types. */
  readonly crate: string;
  readonly version: RuntimeVersion;
  readonly hashing: Hashing;
  readonly system: System<AccountData>;
  /** In the order of their indices, which is the order of their hooks. */
  readonly pallets: readonly Pallet[];
  readonly extensions: readonly SignedExtension[];
  readonly dispatcher: Dispatcher;
  /** What signed origins may call. */
  readonly baseFilter: CallFilter;
  readonly runtimeCall: Codec<RuntimeCall>;
  readonly runtimeEvent: Codec<RuntimeEvent>;
  /** Changes of state that a rise of the spec version brings, before the pallets' own. */
  readonly migrate?: (state: Externalities) => void;
}
