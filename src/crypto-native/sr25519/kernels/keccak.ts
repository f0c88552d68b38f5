import {type Code, type Func, i32, i64, type ModuleWriter, type Variable, whileTrue} from "#wasm";

const LANES = 25;
const LANE_BYTES = 8;
const ROUNDS = 24;

/** Lanes that a block of STROBE-128 fills, with its two bytes of framing. */
const BLOCK_LANES = 21;

/** Bytes of a block. */
export const BLOCK = BLOCK_LANES * LANE_BYTES;

/** (state, block): a block of `BLOCK` bytes into the 200 of the state, and Keccak-f[1600] on it (FIPS 202 §3.3); zeros are left. */
export function keccak(module: ModuleWriter): Func {
  const constants = module.data(new Uint8Array(roundConstants().buffer));
  return module.define(["i32", "i32"], undefined, frame => {
    const [state, block] = frame.params;
    // Lane (x, y) is number x + 5y.
    const longs = (count: number): Variable[] =>
      Array.from({length: count}, () => frame.local("i64"));
    const [lanes, moved, parities, effects] = [longs(LANES), longs(LANES), longs(5), longs(5)];
    const round = frame.local("i32");
    const xor = (codes: readonly Code[]): Code => codes.reduce((a, b) => i64.xor(a, b));
    const theta = [
      ...parities.flatMap((parity, x) =>
        parity.set(xor([0, 1, 2, 3, 4].map(y => lanes[x + 5 * y]!.get))),
      ),
      ...effects.flatMap((effect, x) =>
        effect.set(
          i64.xor(parities[(x + 4) % 5]!.get, i64.rotl(parities[(x + 1) % 5]!.get, i64.const(1n))),
        ),
      ),
    ];
    const rhoAndPi = rotations().flatMap((bits, from) => {
      const [x, y] = [from % 5, Math.floor(from / 5)];
      const to = y + 5 * ((2 * x + 3 * y) % 5);
      const value = i64.xor(lanes[from]!.get, effects[x]!.get);
      return moved[to]!.set(bits === 0 ? value : i64.rotl(value, i64.const(BigInt(bits))));
    });
    const chi = lanes.flatMap((lane, i) => {
      const row = i - (i % 5);
      const [next, afterNext] = [moved[row + ((i + 1) % 5)]!, moved[row + ((i + 2) % 5)]!];
      const not = i64.xor(next.get, i64.const(-1n));
      return lane.set(i64.xor(moved[i]!.get, i64.and(not, afterNext.get)));
    });
    const iota = lanes[0]!.set(
      i64.xor(lanes[0]!.get, i64.load(i32.add(i32.const(constants), round.get))),
    );
    return [
      ...lanes.flatMap((lane, i) => {
        const value = i64.load(state.get, LANE_BYTES * i);
        const absorbed = i64.load(block.get, LANE_BYTES * i);
        return i < BLOCK_LANES
          ? [
              ...lane.set(i64.xor(value, absorbed)),
              ...i64.store(block.get, i64.const(0n), LANE_BYTES * i),
            ]
          : lane.set(value);
      }),
      ...round.set(i32.const(0)),
      ...whileTrue(i32.lt(round.get, i32.const(LANE_BYTES * ROUNDS)), [
        ...theta,
        ...rhoAndPi,
        ...chi,
        ...iota,
        ...round.set(i32.add(round.get, i32.const(LANE_BYTES))),
      ]),
      ...lanes.flatMap((lane, i) => i64.store(state.get, lane.get, LANE_BYTES * i)),
    ];
  });
}

/** FIPS 202 §3.2.2: the lanes on the path of (x, y) -> (y, 2x + 3y) from (1, 0) are rotated by triangular numbers. */
function rotations(): number[] {
  const bits = new Array<number>(LANES).fill(0);
  let [x, y] = [1, 0];
  for (let t = 0; t < ROUNDS; t++) {
    bits[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return bits;
}

/** FIPS 202 §3.2.5: bit 2^j - 1 of round i's constant is rc(j + 7i), from a register of eight bits with feedback 0x71. */
function roundConstants(): BigUint64Array {
  const constants = new BigUint64Array(ROUNDS);
  let register = 1;
  for (let round = 0; round < ROUNDS; round++) {
    for (let j = 0; j < 7; j++) {
      if ((register & 1) === 1) constants[round]! ^= 1n << BigInt(2 ** j - 1);
      register <<= 1;
      if (register > 0xff) register ^= 0x171;
    }
  }
  return constants;
}
