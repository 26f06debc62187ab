/** Receipts of an airing were taken in, in one go. Subject: the airing. */
export const RECEIPT_TAKEN = 'receipt.taken'
export type ReceiptTaken = { readonly receipts: readonly string[] }
