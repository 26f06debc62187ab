/** Loa cannot start, and a person can mend it: the message is the words for them, the cause is for the log. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed'
}

type Opening = {
  readonly host: string
  readonly port: number
  /** The setting that chooses the port: `--port`. */
  readonly setting: string
}

/** Words for an address that cannot be listened on; `undefined` where the error is another one. */
export const listenWords = (code: string | undefined, { host, port, setting }: Opening): string | undefined => {
  if (code === 'EADDRINUSE')
    return (
      `Cổng ${port} đang được chương trình khác sử dụng. Hãy dừng chương trình đó, hoặc chọn cổng khác bằng ${setting}.\n` +
      `Port ${port} is in use by another program. Stop that one, or choose another port with ${setting}.`
    )
  if (code === 'EACCES')
    return (
      `Không được phép mở cổng ${port}. Hãy chọn cổng từ 1024 trở lên bằng ${setting}.\n` +
      `Port ${port} may not be opened. Choose a port from 1024 up with ${setting}.`
    )
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return (
      `Máy này không có địa chỉ ${host}. Hãy sửa --host.\n` + `This machine has no address ${host}. Correct --host.`
    )
  return undefined
}
