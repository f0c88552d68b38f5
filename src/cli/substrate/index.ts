/**
 * What people bring along from Substrate's own nodes and from parachains' (`sc-cli`, `cumulus-client-cli`, the node
 * template): flags and commands that this program has not, each with the line that answers it. A flag without which all
 * comes out as asked for is let pass with a word; one that would change something is refused with what to say instead.
 *
 * Out of scope: flags that are the same here and there; those are in the commands' own tables.
 */
export {SUBSTRATE_COMMANDS} from "./commands.ts";
export {AFTER_DASHES, CHAIN_COMMAND_FLAGS, SUBSTRATE_FLAGS} from "./flags.ts";
