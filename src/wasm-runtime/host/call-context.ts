import type {LogLevel} from "#base";
import type {CryptoSuite} from "#crypto";
import type {RuntimeHost} from "#runtime-api";
import {hostTrap} from "../host-trap.ts";
import type {GuestMemory} from "../memory/index.ts";
import {RecentTouches} from "./recent-touches.ts";

/** Where a runtime's own words go. They are written for whoever works on it, and may say anything. */
export interface RuntimeLog {
  /** The chattiest level that is wanted now: what lies beyond, a runtime need not write. Undefined: nothing is. */
  level(): LogLevel | undefined;
  /** `target`: the part of the runtime that speaks, such as `runtime::system`. No control characters are in the words. */
  write(level: LogLevel, target: string, message: string): void;
}

/** What host functions need that is the same for all calls. */
export interface HostServices {
  readonly hashing: CryptoSuite["hashing"];
  readonly signatures: CryptoSuite["signatures"];
  /** Absent: nobody listens. */
  readonly log?: RuntimeLog | undefined;
  /** SCALE of the version that code gives of itself, section or call; undefined where it gives none. */
  versionOf(code: Uint8Array): Uint8Array | undefined;
}

/** One call of a runtime as its host functions see it; an instance has one, which is begun anew for each call. */
export class CallContext {
  readonly services: HostServices;
  #memory: GuestMemory | undefined;
  #host: RuntimeHost | undefined;
  /** What the signatures since the start of a batch came to; undefined where none is open. */
  batch: boolean | undefined;
  /** The last thing that was logged as an error: a runtime that panics says why this way, and then stops. */
  lastError: string | undefined;
  readonly touches = new RecentTouches();

  constructor(services: HostServices) {
    this.services = services;
  }

  /** The memory is the module's, and so known only when the module has its imports. */
  attach(memory: GuestMemory): void {
    this.#memory = memory;
  }

  get memory(): GuestMemory {
    return this.#memory ?? hostTrap("a host function ran before the module was there");
  }

  begin(host: RuntimeHost): void {
    this.#host = host;
    this.batch = undefined;
    this.lastError = undefined;
    this.touches.reset();
  }

  end(): void {
    this.#host = undefined;
  }

  get host(): RuntimeHost {
    return this.#host ?? hostTrap("a host function ran outside of a call");
  }

  get state(): RuntimeHost["state"] {
    return this.host.state;
  }
}
