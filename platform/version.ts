/** The version of this code, as in package.json (a house rule holds them together). Verdicts and scores carry it. */
export const VERSION = '0.1.0'
