import {buildSpec} from "./build-spec/index.ts";
import {chainFileCommands} from "./chain-files/index.ts";
import {checkBlockCommand} from "./check-block/index.ts";
import {collatorCommands} from "./collator/index.ts";
import type {Command} from "./command.ts";
import {completionCommand} from "./completion/index.ts";
import {configCommands} from "./config/index.ts";
import {dbCommands} from "./db/index.ts";
import {doctorCommand} from "./doctor/index.ts";
import {exportGenesisHead} from "./export-genesis-head/index.ts";
import {keyCommands} from "./key-commands.ts";
import {keysCommands} from "./keys/index.ts";
import {mcpCommand} from "./mcp/index.ts";
import {netCommand} from "./net/index.ts";
import {devCommand, runCommand} from "./node/index.ts";
import {purgeChain} from "./purge-chain/index.ts";
import {rehearseCommand} from "./rehearse/index.ts";
import {runtimeCommands} from "./runtime/index.ts";
import {snapshotCommands} from "./snapshot/index.ts";
import {upgradeCommand} from "./upgrade/index.ts";

/** All commands by name, in the order in which help lists them; running a node has no name. */
export const COMMANDS: readonly Command[] = [
  devCommand,
  netCommand,
  buildSpec,
  rehearseCommand,
  upgradeCommand,
  checkBlockCommand,
  exportGenesisHead,
  ...chainFileCommands,
  purgeChain,
  ...collatorCommands,
  ...configCommands,
  ...dbCommands,
  ...snapshotCommands,
  doctorCommand,
  ...runtimeCommands,
  ...keysCommands,
  ...keyCommands,
  mcpCommand,
  completionCommand(() => [runCommand, ...COMMANDS]),
];
