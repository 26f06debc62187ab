/** A roster with changed content was signed; whoever speaks to devices sends it out. Subject: the unit. */
export const rosterIssued = 'roster.issued'
export type RosterIssued = { readonly unit: string; readonly version: number }
