import assert from "node:assert/strict";
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** So many lines a newcomer reads before the first command is tried. */
const README_LINES = 150;
/** In bytes: a picture is shipped with every tarball. */
const MOST_PICTURE = 150_000;

const SHIPPED = [".", "docs", "deploy/container", "deploy/systemd"];

/** All texts that are shipped and tell somebody what to type. */
const documents = SHIPPED.flatMap(folder =>
  readdirSync(join(ROOT, folder))
    .filter(name => name.endsWith(".md") || name === "Containerfile")
    .map(name => join(folder, name)),
);
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

test("no document installs khala from a registry, on which it is not", () => {
  let installs = 0;
  for (const path of documents) {
    for (const [line, words] of read(path).matchAll(/\bnpm (?:install|i|add)\b([^#`\n]*)/g)) {
      const named = words!.split(/\s+/).filter(word => word.includes("khala"));
      const packages = named.filter(word => word.endsWith(".tgz") || !word.includes("/"));
      for (const name of packages) {
        installs++;
        assert.match(name, /^\.?\/.*\.tgz$/, `${path}: ${line}`);
      }
    }
    assert.doesNotMatch(read(path), /npx (?:-y|--yes) khala|npm exec khala/, path);
  }
  assert.ok(installs >= 4, `${installs} lines install it`);
});

test("a tarball that a document names is that of this version", () => {
  for (const path of documents) {
    for (const [name] of read(path).matchAll(/khala-\d[\w.-]*\.tgz/g)) {
      assert.equal(name, `khala-${manifest.version}.tgz`, path);
    }
  }
});

test("the newest version in the changelog is the package's", () => {
  const newest = /^## (\S+)/m.exec(read("CHANGELOG.md"))![1];
  assert.equal(newest, manifest.version);
});

test("npm's scripts, files and links that documents name are there", () => {
  for (const path of documents) {
    const text = read(path);
    for (const [, name] of text.matchAll(/npm run ([\w:-]+)/g)) {
      assert.ok(name! in manifest.scripts, `${path}: npm run ${name}`);
    }
    for (const [, file] of text.matchAll(
      /(?<![\w/.-])((?:dashboard\/)?(?:src|tests|scripts|bench)\/[\w/.-]+\w)/g,
    )) {
      assert.ok(existsSync(join(ROOT, file!)), `${path}: ${file}`);
    }
    for (const [, target] of text.matchAll(/(?:\]\(|src=")(?!https?:|#)([^)#"]+)/g)) {
      assert.ok(existsSync(join(ROOT, dirname(path), target!)), `${path}: ${target}`);
    }
  }
});

test("the readme is short, and its picture small", () => {
  const text = read("README.md");
  const lines = text.split("\n").length;
  assert.ok(lines < README_LINES, `${lines} lines`);
  const pictures = [...text.matchAll(/\(([^)]+\.(?:png|webp))\)/g)].map(match => match[1]!);
  assert.equal(pictures.length, 1);
  const {size} = statSync(join(ROOT, pictures[0]!));
  assert.ok(size < MOST_PICTURE, `${size} bytes`);
});

test("every dependency has its line in docs/DEPENDENCIES.md, and every line its dependency", () => {
  const page = JSON.parse(read("dashboard/package.json"));
  const declared = [manifest, page].flatMap(({dependencies, devDependencies, ...rest}) =>
    Object.keys({...dependencies, ...devDependencies, ...rest.optionalDependencies}),
  );
  const text = read("docs/DEPENDENCIES.md").split("Packages of the tests that are not")[0]!;
  const firstCells = [...text.matchAll(/^\| (`[^|]+) \|/gm)].map(match => match[1]!);
  const named = firstCells.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(m => m[1]!));
  for (const name of declared.filter(each => !each.startsWith("@types/"))) {
    const last = name.split("/").at(-1);
    assert.ok(named.includes(name) || named.includes(last!), `${name} has no line`);
  }
  for (const name of named.filter(each => each !== "@types/*")) {
    const isDeclared = declared.some(each => each === name || each.endsWith(`/${name}`));
    assert.ok(isDeclared, `${name} is no dependency`);
  }
});
