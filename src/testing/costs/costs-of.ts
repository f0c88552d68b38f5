import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {basename, dirname, extname, join, relative} from "node:path";
import {fileURLToPath} from "node:url";
import {makeFolder} from "#durable-file";
import type {Costs, CostsOptions, Outcome} from "../chain-api.ts";
import {differencesIn, differenceTable} from "./cost-differences.ts";
import {type Cost, costOf, type KnownCosts, readCosts, writeCosts} from "./cost-file.ts";

const FOLDER = "__costs__";
/** By which whoever runs tests has what is measured written down in the place of what was known. */
const UPDATE = "KHALA_UPDATE_COSTS";

/**
 * What transactions cost, held to a file beside the test that is committed with it: `__costs__/payments.test.json` of
 * `payments.test.ts`. `test`: the test's `import.meta.url`.
 */
export function costsOf(test: string | URL, options: CostsOptions = {}): Costs {
  return costsIn(fileBeside(test), options, process.env);
}

export function costsIn(
  file: string,
  {tolerance = 0}: CostsOptions,
  env: Readonly<Record<string, string | undefined>>,
): Costs {
  if (!(tolerance >= 0)) throw new Error(`costsOf: tolerance is a percentage, not ${tolerance}`);
  const shown = relative(process.cwd(), file);
  return {
    file,
    expect(outcomes: Readonly<Record<string, Outcome>>) {
      const known = existsSync(file) ? readCosts(readFileSync(file, "utf8"), shown) : {};
      const costs = Object.entries(outcomes).map(
        ([name, outcome]) => [name, costOf(name, outcome)] as const,
      );
      if (!isSet(env[UPDATE])) {
        const differences = costs.flatMap(([name, cost]) =>
          Object.hasOwn(known, name) ? differencesIn(name, known[name]!, cost, tolerance) : [],
        );
        if (differences.length > 0) {
          throw new Error(
            `${differences.length === 1 ? "a cost is" : "costs are"} not as in ${shown}:\n\n${differenceTable(differences)}\n\nif that is as it should be: ${UPDATE}=1, and commit the file\n`,
          );
        }
      }
      const anew = costs.filter(([name]) => isSet(env[UPDATE]) || !Object.hasOwn(known, name));
      if (anew.length === 0) return;
      if (isSet(env.CI) && !isSet(env[UPDATE])) {
        const names = anew.map(([name]) => name).join(", ");
        throw new Error(
          `${shown} does not have ${names}: run the test where CI is not set, and commit the file`,
        );
      }
      write(file, {...known, ...Object.fromEntries<Cost>(anew)});
    },
  };
}

function fileBeside(test: string | URL): string {
  const path = String(test).startsWith("file:") ? fileURLToPath(test) : String(test);
  const name = basename(path, extname(path));
  return join(dirname(path), FOLDER, `${name}.json`);
}

function write(file: string, costs: KnownCosts): void {
  makeFolder(dirname(file));
  writeFileSync(file, writeCosts(costs));
}

const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== "" && value !== "0" && value !== "false";
