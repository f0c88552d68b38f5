// What the indexer keeps: rows in SQLite, and where it stands, in one transaction. Blocks that are not final yet are
// kept too and taken back when the chain is another.
import sqlite from "node-sqlite3-wasm";

const TABLES = `
  CREATE TABLE IF NOT EXISTS block (
    height INTEGER PRIMARY KEY, hash TEXT, parent TEXT, author TEXT, timestamp INTEGER, final INTEGER);
  CREATE TABLE IF NOT EXISTS event (height INTEGER, name TEXT, args TEXT);
  CREATE TABLE IF NOT EXISTS call (height INTEGER, name TEXT, args TEXT, signer TEXT, fee INTEGER);
`;

export class SqliteStore {
  supportsHotBlocks = true;
  #db;

  constructor(file) {
    this.#db = new sqlite.Database(file);
    this.#db.exec(TABLES);
  }

  async connect() {
    const blocks = this.#db.all("SELECT height, hash FROM block WHERE final = 1 ORDER BY height");
    const top = this.#db.all("SELECT height, hash FROM block WHERE final = 0 ORDER BY height");
    return {...(blocks.at(-1) ?? {height: -1, hash: "0x"}), top};
  }

  async transact({prevHead, nextHead}, handle) {
    await this.#inTransaction(async () => {
      this.#forgetAbove(prevHead.height);
      await handle(this);
      this.#finalize(nextHead.height);
    });
  }

  async transactHot2({baseHead, newBlocks, finalizedHead}, handle) {
    await this.#inTransaction(async () => {
      this.#forgetAbove(baseHead.height);
      await handle(this, 0, newBlocks.length);
      this.#finalize(finalizedHead.height);
    });
  }

  insertBlock({height, hash, parentHash, validator, timestamp}) {
    const row = [height, hash, parentHash, validator ?? null, timestamp ?? null];
    this.#db.run("INSERT INTO block VALUES (?, ?, ?, ?, ?, 0)", row);
  }

  insertEvent({height, name, args}) {
    this.#db.run("INSERT INTO event VALUES (?, ?, ?)", [height, name, toJson(args)]);
  }

  insertCall({height, name, args, signer, fee}) {
    const row = [height, name, toJson(args), signer ?? null, fee ?? null];
    this.#db.run("INSERT INTO call VALUES (?, ?, ?, ?, ?)", row);
  }

  close() {
    this.#db.close();
  }

  async #inTransaction(work) {
    this.#db.exec("BEGIN");
    try {
      await work();
      this.#db.exec("COMMIT");
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  #forgetAbove(height) {
    for (const table of ["block", "event", "call"]) {
      this.#db.run(`DELETE FROM ${table} WHERE height > ?`, [height]);
    }
  }

  #finalize(height) {
    this.#db.run("UPDATE block SET final = 1 WHERE height <= ?", [height]);
  }
}

const toJson = value =>
  JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part));
