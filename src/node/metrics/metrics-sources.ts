import type {NodeCore} from "#core";
import type {CollatorDesk, SlotJournal} from "#desk";
import type {ChainStore} from "#store";
import type {NodeConfiguration} from "../configuration.ts";
import type {StorageFigures} from "../watch-storage.ts";

/** What figures are read from, each time that somebody asks for them. */
export interface MetricsSources {
  readonly configuration: Pick<NodeConfiguration, "spec" | "version" | "collator">;
  readonly core: NodeCore;
  readonly store: Pick<ChainStore, "pruning">;
  readonly storage: () => StorageFigures;
  readonly desk: CollatorDesk;
  readonly journal: SlotJournal;
  /** Bytes free where the database is; undefined for a node in memory. */
  readonly freeSpace: () => number | undefined;
}
