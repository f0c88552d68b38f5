import {ModuleWriter} from "#wasm";
import {type BigNumbers, createBigNumbers} from "./big-numbers.ts";
import {type CallTable, createCallTable} from "./call-table.ts";
import type {LightClientContents} from "./contents.ts";
import {createExtrinsicReader, type ExtrinsicReader} from "./extrinsic.ts";
import {createFees, type Fees} from "./fees.ts";
import {type HostFunctions, importHostFunctions} from "./host-functions.ts";
import {createMemory, type Memory} from "./memory.ts";
import {createReader, type Reader} from "./reader.ts";
import {createStorage, type Storage} from "./storage.ts";
import {TypeDecoder} from "./type-decoder.ts";

/** What the exported functions are made of; each is written into the module once. */
export interface Parts {
  readonly module: ModuleWriter;
  readonly contents: LightClientContents;
  readonly host: HostFunctions;
  readonly memory: Memory;
  readonly reader: Reader;
  readonly storage: Storage;
  readonly decoder: TypeDecoder;
  readonly extrinsic: ExtrinsicReader;
  readonly numbers: BigNumbers;
  readonly table: CallTable;
  readonly fees: Fees;
}

export function createParts(contents: LightClientContents): Parts {
  const module = new ModuleWriter();
  const host = importHostFunctions(module);
  const memory = createMemory(module);
  const reader = createReader(module, memory);
  const storage = createStorage(module, host, memory, contents.storage);
  const decoder = new TypeDecoder(module, reader, contents.call);
  const extrinsic = createExtrinsicReader(module, reader, memory, decoder, contents);
  const numbers = createBigNumbers(module);
  const table = createCallTable(module, contents.fixedCalls, contents.classes);
  const fees = createFees(module, numbers, storage, table, contents);
  return {
    module,
    contents,
    host,
    memory,
    reader,
    storage,
    decoder,
    extrinsic,
    numbers,
    table,
    fees,
  };
}
