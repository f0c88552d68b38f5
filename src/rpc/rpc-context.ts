import type {Hashing} from "#crypto";
import type {ChainBackend, NodeInfo, PoolBackend} from "./backend/index.ts";
import type {BlockJsonCache} from "./shapes/block-json-cache.ts";

/** What every handler is given. */
export interface RpcContext {
  readonly chain: ChainBackend;
  readonly pool: PoolBackend;
  readonly node: NodeInfo;
  readonly hashing: Hashing;
  /** JSON that every client asks for at every block, made once. */
  readonly blockJson: BlockJsonCache;
  /** Whether unsafe calls are allowed on this server. */
  readonly unsafeAllowed: boolean;
  /** A handler that would answer with more than this many bytes may as well stop. */
  readonly maxResponseBytes: number;
}
