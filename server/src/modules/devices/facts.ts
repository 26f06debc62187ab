/** A device has a key and may connect. `subject` is the device. */
export const DEVICE_ENROLLED = 'device.enrolled'
export type DeviceEnrolled = { readonly device: string; readonly unit: string; readonly epoch: number }

/** A device is no longer ours: nothing it says counts, nothing is sent to it. */
export const DEVICE_REVOKED = 'device.revoked'
export type DeviceRevoked = { readonly device: string; readonly unit: string }

/** A device's volume, cap, minutes or quiet hours were changed. */
export const DEVICE_CONFIGURED = 'device.configured'
export type DeviceConfigured = { readonly device: string; readonly unit: string }
