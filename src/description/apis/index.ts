/**
 * What a runtime may be asked by the names of its APIs: by their description in its metadata, or, where metadata does not publish
 * any (13 and 14), by what is known of those whose types never changed.
 *
 * Out of scope: the calls that the node itself makes (`runtime-api`), whose types are written down there.
 */
export {askByName, type CallByNameFailure} from "./ask-by-name.ts";
export {apiNames, type FoundApi, findApi} from "./find-api.ts";
