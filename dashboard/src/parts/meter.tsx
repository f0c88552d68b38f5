interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly tone?: "bad" | "waiting" | undefined;
}

/** How much of something is gone. The numbers stand beside it in words. */
export function Meter({label, value, max, tone}: MeterProps) {
  const part = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      class={`meter ${tone ?? ""}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(max, Math.max(0, value))}
    >
      <span style={{width: `${part * 100}%`}} />
    </div>
  );
}
