/** Instants as clock times of a zone and back, for the browser's own date and time field. */

/** YYYY-MM-DDTHH:mm:ss in the zone; empty where the text is no instant. */
export function clockTime(instant: string, timeZone: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return ''
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return parts.replace(' ', 'T')
}

/** The instant at which clocks of the zone show this; of two the first, where clocks are put back. Empty for no time. */
export function instantOf(clock: string, timeZone: string): string {
  const wanted = Date.parse(`${clock}Z`)
  if (Number.isNaN(wanted)) return ''
  let at = wanted
  // Twice, because the offset at the first guess may be that of the other side of a change.
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${clockTime(new Date(at).toISOString(), timeZone)}Z`)
    at += wanted - shown
  }
  return new Date(at).toISOString().replace('.000Z', 'Z')
}
