import { memo, useMemo } from 'react'
import { encode } from 'uqr'

/** Light modules around the code: ISO/IEC 18004 asks for four, or scanners miss its edge. */
const QUIET_ZONE = 4

/** The dark modules of a QR code as one path on a ground of `size` × `size`. */
export const qrPath = (text: string): { readonly size: number; readonly path: string } => {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_ZONE })
  const path = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
  return { size, path }
}

/** A QR code. Dark on light in every theme: many scanners read nothing else. */
export const Qr = memo(({ text, label }: { text: string; label: string }) => {
  const { size, path } = useMemo(() => qrPath(text), [text])
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      data-qr={text}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
})
