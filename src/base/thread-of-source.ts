/**
 * What to start a thread with whose file is named as it lies in the source. It must first load what lets it read TypeScript: on Node
 * 20 tsx does not reach into threads by `--import`. Whoever bundles the files puts a bundle's place where the source's is named.
 */
export function threadOfSource(
  file: URL,
): [file: string | URL, options: {readonly eval?: true; readonly execArgv: string[]}] {
  if (!file.pathname.endsWith(".ts")) return [file, {execArgv: []}];
  const source = JSON.stringify(file.href);
  const loader = `import("tsx/esm/api").then(tsx => { tsx.register(); return import(${source}); });`;
  return [loader, {eval: true, execArgv: []}];
}
