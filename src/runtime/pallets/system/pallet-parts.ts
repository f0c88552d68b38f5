import type {PalletScope} from "../../frame/index.ts";
import type {SYSTEM_ERRORS} from "./errors.ts";
import type {SYSTEM_EVENTS} from "./events.ts";
import type {SystemStorage as StorageOf} from "./storage.ts";

// biome-ignore lint/suspicious/noExplicitAny: System does not look into the account data it keeps
export type SystemStorage = StorageOf<any>;
export type SystemEvents = ReturnType<typeof PalletScope.prototype.events<typeof SYSTEM_EVENTS>>;
export type SystemErrors = ReturnType<typeof PalletScope.prototype.errors<typeof SYSTEM_ERRORS>>;
