/** Put in by the build; the source tree has no version of its own. */
export const PROGRAM_VERSION: string = process.env.KHALA_VERSION ?? "0.0.0-source";
