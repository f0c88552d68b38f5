/**
 * What a block is given from outside, which no transaction could bring: inherent data, of which the runtime makes
 * extrinsics, and items of the header's digest. Each provider brings what one concern has to say (the time, the slot,
 * what a relay chain says). The same list gives the data by which a block is made and by which one of others is checked, by its
 * runtime, and where no runtime looks, by the provider; digest items are the maker's alone, and whoever imports a block has its
 * runtime judge them.
 *
 * Out of scope: Aura's own item, which says the slot (`consensus`), and what runtimes make of all this.
 */
export {auraSlotInherent} from "./aura-slot.ts";
export {
  type InherentFault,
  type InherentProvider,
  type InherentScope,
  type Inherents,
  inherentsOf,
} from "./inherents.ts";
export {timestampInherent} from "./timestamp.ts";
