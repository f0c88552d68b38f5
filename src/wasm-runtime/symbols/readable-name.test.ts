import assert from "node:assert/strict";
import {test} from "node:test";
import {seededRandom} from "#base";
import {MOST_CHARACTERS, readableName} from "./readable-name.ts";

/** Names as compilers wrote them, and as people would: the second form's are from its own specification (RFC 2603). */
const NAMES: readonly (readonly [symbol: string, name: string])[] = [
  ["_ZN4core6option13expect_failed17h0a1b2c3d4e5f6071E", "core::option::expect_failed"],
  [
    "_ZN96_$LT$pallet_balances..pallet..Pallet$LT$T$C$I$GT$$u20$as$u20$frame_support..traits..Currency$GT$8transfer17h0123456789abcdefE.llvm.123",
    "<pallet_balances::pallet::Pallet<T,I> as frame_support::traits::Currency>::transfer",
  ],
  ["_ZN3foo28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE", "foo::{{closure}}"],
  ["std::panicking::rust_panic::h4fb4a20e118d5417", "std::panicking::rust_panic"],
  ["_RNvC6_123foo3bar", "123foo::bar"],
  [
    "_RNvCskdKJRKLKjqM_7___rustc26___rust_alloc_error_handler",
    "__rustc::__rust_alloc_error_handler",
  ],
  ["_RNCNvCsgStHSCytQ6I_7mycrate3foo0B3_", "mycrate::foo::{closure#0}"],
  ["_RNCNvCsgStHSCytQ6I_7mycrate3foos_0B3_", "mycrate::foo::{closure#1}"],
  ["_RINvNtC3std3mem8align_ofdE", "std::mem::align_of::<f64>"],
  ["_RINvNtC3std3mem8align_ofjdE", "std::mem::align_of::<usize, f64>"],
  ["_RNvMNtC5state5tableINtB2_5TableyE3get", "<state::table::Table<u64>>::get"],
  ["_RNvXC4bankNtC4bank7AccountNtC4core5Clone5clone", "<bank::Account as core::Clone>::clone"],
  ["_RNvYNtC4bank7AccountNtC4core5Clone10clone_from", "<bank::Account as core::Clone>::clone_from"],
  ["_RINvC4main3runRShFKCmEuE", 'main::run::<&[u8], extern "C" fn(u32)>'],
  [
    "_RINvC4main3runAhj20_TDNtC4core3AnyEL_OtEE",
    "main::run::<[u8; 32], (dyn core::Any, *mut u16)>",
  ],
];

test("names of functions are told as they would be written, in whichever form the compiler left them", () => {
  for (const [symbol, name] of NAMES) assert.equal(readableName(symbol), name);
});

test("what is no such name is told as it stands, without what is a command to a screen", () => {
  for (const name of ["", "main", "_ZN", "_ZN99999fooE", "_R", "_RNv", "_RB_", "_RNvB0_3foo"]) {
    assert.equal(readableName(name), name);
  }
  assert.equal(readableName("a\u001b[31mb\n"), "a [31mb ");
});

test("a name that refers back to itself without end, nests without end, or is long, takes bounded time and room", () => {
  // Each tuple holds the one before twice.
  let doubling = "_RINvC1a1bT";
  const starts = [10];
  for (let i = 0; i < 60; i++) {
    const back = `B${base62(starts.at(-1)!)}`;
    starts.push(doubling.length - 2);
    doubling += `T${back}${back}E`;
  }
  for (const hostile of [
    doubling,
    `_RINvC1a1b${"S".repeat(20_000)}`,
    `_ZN9999${"x".repeat(9_999)}E`,
  ]) {
    assert.ok(readableName(hostile).length <= MOST_CHARACTERS);
  }
  const long = readableName(`_ZN300${"x".repeat(296)}last17h0123456789abcdefE`);
  assert.equal(long.length, MOST_CHARACTERS);
  assert.match(long, /^x+…x+last$/);
});

test("names that were written over at random are told as something", () => {
  const random = seededRandom(7);
  const below = (bound: number) => Math.floor(random() * bound);
  for (let i = 0; i < 5_000; i++) {
    const symbol = [...NAMES[below(NAMES.length)]![0]];
    for (let times = below(3); times >= 0; times--) {
      symbol[below(symbol.length)] = String.fromCharCode(32 + below(95));
    }
    assert.equal(typeof readableName(symbol.join("")), "string");
  }
});

function base62(value: number): string {
  const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (value === 0) return "_";
  let text = "_";
  for (let rest = value - 1, first = true; first || rest > 0; rest = Math.floor(rest / 62)) {
    text = digits[rest % 62]! + text;
    first = false;
  }
  return text;
}
