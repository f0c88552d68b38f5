import {Gauge, type Registry} from "prom-client";
import type {StorageFigures} from "../watch-storage.ts";
import type {MetricsSources} from "./metrics-sources.ts";

interface Figure {
  readonly name: string;
  readonly help: string;
  /** Undefined where there is none to tell. */
  readonly of: (figures: StorageFigures) => number | undefined;
}

const FIGURES: readonly Figure[] = [
  {
    name: "khala_database_bytes",
    help: "Size of the database's file; absent in memory. Bad: grows faster than the disk has room for.",
    of: ({size}) => size,
  },
  {
    name: "khala_database_damages_number",
    help: "Damages that were found in the database since the node was started and are still there, told up to 100. Bad: anything but 0 for long; stop the node, then khala db check.",
    of: ({damages}) => damages,
  },
  {
    name: "khala_index_ready",
    help: "1 while the newest states are read by the index; absent where there is none. Bad: 0 for long; reads go through the tries.",
    of: ({index}) => index && (index.isReady ? 1 : 0),
  },
  {
    name: "khala_index_bytes",
    help: "Memory that the index takes. Bad: more than the machine has to spare.",
    of: ({index}) => index?.bytes,
  },
  {
    name: "khala_index_damaged_number",
    help: "Ranges of rows of the index that are damaged and still to be made again. Bad: stays above 0.",
    of: ({index}) => index?.damaged,
  },
  {
    name: "khala_index_repaired_number",
    help: "Ranges of rows of the index that were damaged and were made again since the node was started. Bad: rises; the disk loses what it was given.",
    of: ({index}) => index?.repaired,
  },
];

/** What the chain takes on the disk, and whether it is whole. */
export function storageMetrics(
  registers: Registry[],
  {storage}: Pick<MetricsSources, "storage">,
): void {
  for (const {name, help, of} of FIGURES) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = of(storage());
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }
}
