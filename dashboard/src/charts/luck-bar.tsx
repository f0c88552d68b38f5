export interface Luck {
  readonly made: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

const WIDTH = 300;

/** Made as a bar, expected as a line, and what luck allows as the band behind both. */
export function LuckBar({made, expected, low, high}: Luck) {
  const most = Math.max(1, made, expected, high) * 1.08;
  const x = (value: number) => (Math.max(0, value) / most) * WIDTH;
  return (
    <svg class="bullet" viewBox={`0 0 ${WIDTH} 34`} preserveAspectRatio="none" role="img">
      <title>
        {`${made} made, ${expected.toFixed(1)} expected, ${Math.max(0, low).toFixed(1)} to ${high.toFixed(1)} by luck`}
      </title>
      <line class="axis" x1={0} x2={WIDTH} y1={33} y2={33} />
      <rect class="band" x={x(low)} y={2} width={x(high) - x(low)} height={30} />
      <rect class="made" x={0} y={11} width={x(made)} height={12} />
      <line class="expected" x1={x(expected)} x2={x(expected)} y1={4} y2={30} />
    </svg>
  );
}
