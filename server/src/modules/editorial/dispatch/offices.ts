/**
 * What offices are to do among themselves: right in a dispatch, of no use to people who listen. Some words say so wherever they
 * stand; an office says so where the sentence begins with it ("Văn phòng tổng hợp …"), not where people go to it.
 */
const AMONG_THEMSELVES =
  /(?<!\p{L})(giao(?! thông| lưu| dịch)|tham mưu|chủ trì|phối hợp với|báo cáo (?:về|kết quả|UBND|Ủy ban|Chủ tịch)|tổng hợp|rà soát|đôn đốc|phân công|trực ban|lập (?:danh sách|biên bản|kế hoạch)|chỉ đạo|kinh phí|quyết toán|thẩm quyền|tuyên truyền|viết bài|chịu trách nhiệm trước|hệ thống (?:truyền thanh|loa)|đài truyền thanh|loa truyền thanh)(?!\p{L})/iu
const OFFICE_FIRST =
  /^(?:công chức|văn phòng|(?:các )?ban, ngành|các phòng|thủ trưởng|các cơ quan|ban chỉ huy|ban chỉ đạo)(?!\p{L})/iu

/** Whether a sentence speaks to offices. */
export const isAmongOffices = (text: string): boolean => AMONG_THEMSELVES.test(text) || OFFICE_FIRST.test(text)

/** Sections of a plan that are its reasons, its money and who does what in the offices. */
const OF_OFFICES = /MỤC ĐÍCH|KINH PHÍ|TỔ CHỨC THỰC HIỆN|PHÂN CÔNG|TRÁCH NHIỆM/iu
export const isOfOffices = (heading: string): boolean => OF_OFFICES.test(heading)
