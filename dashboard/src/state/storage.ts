import type {StorageStatus} from "../../../src/rpc/questions/storage.ts";
import {everyFiveSeconds} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";

export const storageStatus = asked<StorageStatus>(
  () => node.call("khala_storage"),
  everyFiveSeconds,
);
