/** The words of Quản trị. */
export const admin = {
  admin: {
    title: 'Quản trị',
    pages: 'Các phần của Quản trị',
    back: 'Về danh sách Quản trị',
    notForYou: 'Phần này dành cho người quản trị của xã hoặc của tỉnh.',
    people: {
      title: 'Người và chức trách',
      lead: 'Ai làm việc gì, ở đâu, từ ngày nào; tài khoản và mật khẩu.',
    },
  },
}
