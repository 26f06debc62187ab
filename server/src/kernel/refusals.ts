/** The catalogue of refusals: stable code → HTTP status, and whether it is worth a line in the log. */
export const refusals = {
  // at the edge
  'input.malformed': { status: 400, report: false },
  'input.tooLarge': { status: 413, report: false },
  'input.notFound': { status: 404, report: false },
  'input.conflict': { status: 409, report: false },
  'system.busy': { status: 503, report: true },
  'system.diskFull': { status: 507, report: true },
  'system.databaseAway': { status: 503, report: true },
  // access
  'access.signInRequired': { status: 401, report: false },
  'access.wrongNameOrPassword': { status: 401, report: true },
  'access.locked': { status: 423, report: true },
  'access.tooManyTries': { status: 429, report: true },
  'access.notAllowed': { status: 403, report: true },
  'access.crossSite': { status: 403, report: true },
  // editorial
  'notice.titleMissing': { status: 422, report: false },
  'notice.contentMissing': { status: 422, report: false },
  'notice.audienceMissing': { status: 422, report: false },
  'notice.audienceOutsideUnit': { status: 403, report: true },
  'notice.classified': { status: 422, report: true },
  'notice.topicUnknown': { status: 422, report: false },
  'notice.soundNotReady': { status: 409, report: false },
  'notice.soundFailed': { status: 422, report: true },
  'notice.wrongState': { status: 409, report: false },
  'notice.changedMeanwhile': { status: 409, report: false },
  'notice.ownApproval': { status: 403, report: true },
  'notice.reasonMissing': { status: 422, report: false },
  'notice.languageNotUnderstood': { status: 403, report: true },
  'notice.languageUnchecked': { status: 409, report: false },
  'notice.whenInPast': { status: 422, report: false },
  'notice.quietHours': { status: 422, report: false },
  'notice.tooLong': { status: 422, report: false },
  // sound
  'sound.formatUnknown': { status: 415, report: false },
  'sound.truncated': { status: 422, report: false },
  'sound.tooLong': { status: 422, report: false },
  'sound.tooLarge': { status: 413, report: false },
  'sound.silent': { status: 422, report: false },
  'voice.unavailable': { status: 503, report: true },
  'voice.textTooLong': { status: 422, report: false },
  'voice.nothingToSay': { status: 422, report: false },
  // broadcast
  'airing.alreadyOver': { status: 409, report: false },
  'key.missing': { status: 409, report: true },
  // devices
  'device.codeUnknown': { status: 403, report: true },
  'device.codeUsed': { status: 403, report: true },
  'device.codeExpired': { status: 403, report: true },
  'device.revoked': { status: 403, report: true },
  'device.notEnrolled': { status: 401, report: true },
  'receipt.badSignature': { status: 422, report: true },
  'receipt.malformed': { status: 422, report: true },
  'receipt.clockImplausible': { status: 422, report: true },
} as const satisfies Record<string, { status: number; report: boolean }>

export type RefusalCode = keyof typeof refusals
