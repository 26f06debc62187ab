import type { RefusalCode } from './refusals.ts'

/**
 * What a person reads when something is refused: what happened, what was kept, what to do. Plain words, no codes, no
 * blame. The console has its own copy with the same keys; this one serves callers without a console.
 */
export const refusalSentences: Readonly<Record<RefusalCode, string>> = {
  'input.malformed':
    'Dữ liệu gửi lên không đọc được nên chưa có gì thay đổi. Hãy tải lại trang và làm lại bước vừa rồi.',
  'input.tooLarge': 'Nội dung gửi lên quá lớn nên chưa được nhận. Hãy rút ngắn hoặc chia nhỏ rồi gửi lại.',
  'input.notFound': 'Không tìm thấy mục này. Có thể đường dẫn đã cũ; hãy quay lại danh sách và chọn lại.',
  'input.conflict':
    'Mục này vừa được người khác thay đổi nên chưa ghi đè. Hãy tải lại để xem bản mới nhất rồi làm tiếp.',
  'system.busy': 'Hệ thống đang bận, việc này chưa thực hiện được. Dữ liệu cũ vẫn nguyên; hãy thử lại sau ít phút.',
  'system.fault':
    'Hệ thống gặp lỗi, việc này chưa thực hiện được. Dữ liệu cũ vẫn nguyên; hãy thử lại, nếu vẫn lỗi thì báo kỹ thuật viên.',
  'system.diskFull':
    'Ổ đĩa của máy chủ đã đầy nên chưa lưu được. Những gì đã lưu vẫn nguyên; hãy báo kỹ thuật viên giải phóng chỗ trống.',
  'system.databaseAway':
    'Máy chủ tạm thời không truy cập được dữ liệu nên chưa lưu được. Loa vẫn phát theo lịch đã có; hãy thử lại sau ít phút.',
  'access.signInRequired': 'Bạn chưa đăng nhập hoặc phiên làm việc đã hết. Hãy đăng nhập rồi làm lại.',
  'access.wrongNameOrPassword':
    'Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra bộ gõ, phím viết hoa rồi thử lại.',
  'access.locked': 'Sai mật khẩu nhiều lần nên tài khoản tạm bị khóa; hết giờ khóa sẽ tự mở.',
  'access.tooManyTries': 'Đã thử sai quá nhiều lần. Hãy đợi ít phút rồi thử lại.',
  'access.notAllowed':
    'Bạn không có quyền làm việc này ở đơn vị đó. Nếu cần, hãy nhờ quản trị viên giao nhiệm vụ cho bạn.',
  'access.crossSite': 'Yêu cầu đến từ một trang khác nên đã bị chặn. Hãy mở trực tiếp địa chỉ của hệ thống và làm lại.',
  'notice.titleMissing': 'Tin chưa có tên. Bản nháp vẫn được giữ; hãy đặt tên tin.',
  'notice.contentMissing': 'Tin chưa có nội dung. Hãy nhập chữ hoặc thêm bản ghi âm.',
  'notice.audienceMissing': 'Tin chưa chọn nơi phát. Hãy chọn ít nhất một thôn hoặc đơn vị.',
  'notice.audienceOutsideUnit':
    'Nơi phát nằm ngoài đơn vị bạn phụ trách. Bản nháp vẫn được giữ; hãy chọn lại nơi phát.',
  'notice.classified':
    'Nội dung có dấu hiệu mật nên không được đưa vào hệ thống. Hãy truyền đạt trực tiếp theo quy định bảo vệ bí mật nhà nước.',
  'notice.topicUnknown': 'Chủ đề đã chọn không có trong danh mục. Hãy chọn lại chủ đề.',
  'notice.soundNotReady': 'Âm thanh của tin chưa chuẩn bị xong. Bản nháp vẫn được giữ; hãy đợi giây lát rồi thử lại.',
  'notice.soundFailed': 'Không tạo được âm thanh cho tin này. Bản nháp vẫn được giữ; hãy sửa nội dung hoặc ghi âm lại.',
  'notice.wrongState': 'Tin không còn ở bước này, có thể đã được xử lý. Hãy tải lại để xem tình trạng mới nhất.',
  'notice.changedMeanwhile': 'Tin đã được sửa sau khi bạn mở. Hãy đọc lại bản mới rồi quyết định.',
  'notice.ownApproval': 'Người soạn không được tự duyệt tin của mình. Hãy nhờ một người khác có quyền duyệt.',
  'notice.reasonMissing': 'Trả lại tin cần ghi lý do để người soạn biết cần sửa gì. Hãy ghi lý do.',
  'notice.languageNotUnderstood':
    'Bạn chưa được ghi nhận là hiểu thứ tiếng của bản này nên không thể xác nhận. Hãy nhờ người hiểu tiếng kiểm tra.',
  'notice.languageUnchecked':
    'Có bản tiếng dân tộc chưa được người hiểu tiếng kiểm tra. Hãy kiểm tra bản đó trước khi duyệt.',
  'notice.whenInPast': 'Giờ phát đã qua. Hãy chọn một giờ trong tương lai.',
  'notice.quietHours': 'Giờ phát rơi vào giờ yên tĩnh. Hãy chọn giờ khác.',
  'notice.tooLong': 'Nội dung quá dài cho một lượt phát. Bản nháp vẫn được giữ; hãy rút ngắn hoặc chia làm nhiều tin.',
  'sound.formatUnknown':
    'Không nhận ra định dạng tệp âm thanh. Hãy dùng tệp WAV, MP3 hoặc Ogg Opus, hay ghi âm ngay trên trang.',
  'sound.truncated': 'Tệp âm thanh bị thiếu, có thể do tải lên bị ngắt. Hãy gửi lại tệp.',
  'sound.tooLong': 'Bản ghi âm quá dài. Hãy cắt ngắn rồi gửi lại.',
  'sound.tooLarge': 'Tệp âm thanh quá lớn (tối đa 64 MB) nên chưa được nhận. Hãy nén hoặc cắt ngắn rồi gửi lại.',
  'sound.silent': 'Bản ghi âm không có tiếng. Hãy kiểm tra micrô rồi ghi lại.',
  'upload.wrongOffset':
    'Phần vừa gửi không nối đúng chỗ đã nhận. Phần đã nhận vẫn còn; hãy hỏi lại đã nhận đến đâu rồi gửi tiếp.',
  'upload.incomplete': 'Bản thu chưa gửi lên đủ. Phần đã nhận vẫn còn; hãy gửi tiếp phần còn lại.',
  'upload.damaged': 'Bản thu nhận được không giống bản đã gửi, có thể hỏng trên đường truyền. Hãy gửi lại từ đầu.',
  'upload.full':
    'Máy chủ đang nhận dở quá nhiều bản thu nên chưa nhận thêm được. Bản thu vẫn còn trên máy của bạn; hãy gửi lại sau ít phút.',
  'text.legacyFont':
    'Văn bản dùng phông chữ cũ (TCVN3, VNI) nên đọc sẽ sai. Hãy chuyển sang Unicode rồi dán lại; chưa có gì thay đổi.',
  'text.control':
    'Văn bản có ký tự lạ không đọc được. Hãy gõ lại chỗ đó hoặc dán lại dưới dạng chữ thường; chưa có gì thay đổi.',
  'frame.tooLong':
    'Âm thanh này quá dài nên chưa được dùng: âm báo dài nhất 10 giây, nhạc hiệu dài nhất 20 giây. Hãy cắt ngắn rồi gửi lại; đang dùng gì vẫn giữ như cũ.',
  'frame.tooShort':
    'Âm thanh này ngắn hơn 1 giây, bà con không kịp nghe ra, nên chưa được dùng. Hãy chọn âm thanh dài hơn; đang dùng gì vẫn giữ như cũ.',
  'voice.unavailable':
    'Bộ đọc văn bản tạm thời không hoạt động. Tin vẫn được giữ; hãy thử lại sau ít phút hoặc ghi âm.',
  'voice.textTooLong': 'Văn bản quá dài cho bộ đọc. Hãy rút ngắn hoặc chia làm nhiều tin.',
  'voice.unknown': 'Máy chủ không có giọng đọc này. Hãy tải lại trang rồi chọn lại; chưa có gì thay đổi.',
  'voice.nothingToSay': 'Văn bản không có chữ nào đọc được. Hãy kiểm tra lại nội dung.',
  'airing.alreadyOver': 'Lượt phát này đã kết thúc nên không dừng được nữa.',
  // sessions and their running order
  'session.acrossMidnight': 'Một buổi phát phải nằm trong một ngày. Buổi qua nửa đêm thì hãy tách thành hai buổi.',
  'session.overlaps': 'Buổi này trùng giờ với một buổi khác của đơn vị. Hãy đổi giờ hoặc đổi ngày trong tuần.',
  'session.tooShort': 'Buổi phát quá ngắn. Hãy chọn giờ kết thúc sau giờ bắt đầu ít nhất 5 phút.',
  'session.relayTooLong': 'Phần tiếp âm dài hơn cả buổi phát. Hãy giảm số phút tiếp âm hoặc kéo dài buổi phát.',
  'session.ownConfirmation':
    'Buổi phát vào giờ yên tĩnh cần một người khác xác nhận, không phải người đề nghị. Hãy nhờ lãnh đạo hoặc người duyệt.',
  'session.notFound':
    'Chưa chọn buổi phát, hoặc buổi đã chọn không còn. Bản nháp vẫn được giữ; hãy chọn lại buổi phát.',
  'session.notRunning': 'Không ngày nào đã chọn có buổi phát này. Bản nháp vẫn được giữ; hãy chọn lại ngày hoặc buổi.',
  'session.overfull': 'Buổi phát không còn đủ chỗ cho tin này. Hãy chọn buổi khác, ngày khác, hoặc rút ngắn tin.',
  'session.notConfirmed': 'Buổi phát vào giờ yên tĩnh còn chờ người thứ hai xác nhận nên chưa dùng được.',
  'session.fromInPast': 'Không đổi được những ngày đã qua. Hãy chọn ngày bắt đầu từ hôm nay trở đi.',
  'order.changedMeanwhile': 'Thứ tự phát vừa được người khác thay đổi. Hãy xem lại thứ tự mới rồi sắp lại.',
  'order.begun': 'Có lượt phát đã bắt đầu nên không chuyển được nữa. Hãy tải lại để xem thứ tự hiện tại.',
  'order.unknown': 'Có lượt phát không còn trong buổi này. Hãy tải lại để xem thứ tự hiện tại.',
  'order.notApprovedThen':
    'Giờ mới nằm ngoài thời gian đã được duyệt cho tin này. Muốn phát vào giờ đó, tin cần được duyệt lại.',
  'notice.purposeNotAllowed':
    'Quy định về thời lượng phát hộ không cho phép mục đích này. Hãy chọn mục đích khác hoặc không nhận phát hộ.',
  'notice.thirdPartyMinutes': 'Ngày đã chọn không còn đủ thời lượng phát hộ cho đơn vị khác. Hãy chọn ngày khác.',
  'key.missing': 'Bạn chưa có khóa duyệt trên thiết bị này. Hãy tạo khóa duyệt rồi duyệt lại.',
  'device.codeUnknown': 'Mã ghi danh không đúng. Hãy kiểm tra lại từng ký tự của mã.',
  'device.codeUsed': 'Mã ghi danh đã được dùng. Hãy tạo mã mới cho thiết bị này.',
  'device.codeExpired': 'Mã ghi danh đã hết hạn. Hãy tạo mã mới cho thiết bị này.',
  'device.revoked':
    'Thiết bị đã bị thu hồi và không kết nối lại được. Nếu vẫn dùng máy này, hãy thêm một thiết bị mới và ghi danh bằng mã mới.',
  'device.notEnrolled': 'Thiết bị chưa được ghi danh. Hãy ghi danh bằng mã do kỹ thuật viên cấp.',
  'ticket.closed': 'Phiếu này đã đóng. Nếu thiết bị lại hỏng, hãy lập phiếu mới.',
  'ticket.personElsewhere': 'Người này không giữ chức vụ nào ở đơn vị có thiết bị. Hãy giao cho người khác.',
  'device.offline': 'Thiết bị đang mất kết nối nên chưa phát thử được. Hãy thử lại khi thiết bị có kết nối.',
  'chime.none': 'Đơn vị chưa có tiếng chuông được duyệt. Hãy soạn tiếng chuông và gửi duyệt trước.',
  'chime.outsideHours':
    'Lúc này ngoài khung giờ mà tiếng chuông được duyệt để phát nên không phát thử. Hãy phát thử trong khung giờ đó.',
  'chime.hourOutside':
    'Giờ này ngoài khung giờ được duyệt của tiếng chuông nên chưa lưu: sẽ không cụm nào kêu. Hãy chọn giờ ban ngày, từ 05:00 đến trước 21:00.',
  'chime.quietHours': 'Đang là giờ yên tĩnh của thiết bị nên không phát thử. Hãy phát thử ngoài giờ yên tĩnh.',
  'chime.tooOften':
    'Thiết bị vừa được phát thử, hoặc hôm nay đã phát thử đủ số lần. Lần này không phát. Hãy đợi nửa phút; nếu vẫn không được thì để ngày mai.',
  'geometry.malformed':
    'Tệp bản đồ không đúng nên chưa lưu gì cả. Cần GeoJSON với kinh độ, vĩ độ WGS 84; hãy xem chỗ sai được nêu rồi sửa.',
  'receipt.badSignature':
    'Biên nhận phát có chữ ký không đúng nên không được ghi nhận. Hãy kiểm tra hoặc ghi danh lại thiết bị.',
  'receipt.malformed': 'Biên nhận phát không đọc được nên không được ghi nhận. Hãy cập nhật phần mềm của thiết bị.',
  'receipt.clockImplausible':
    'Biên nhận phát mang thời gian không hợp lý nên không được ghi nhận. Hãy kiểm tra đồng hồ của thiết bị.',
  // units and mergers
  'unit.nameTaken': 'Ở đó đã có đơn vị cùng loại mang tên này nên chưa ghi. Hãy đặt tên khác để khỏi nhầm.',
  'unit.wrongPlace': 'Loại đơn vị này không đặt ở đó được nên chưa ghi. Hãy chọn lại đơn vị cấp trên.',
  'unit.inPast': 'Ngày này đã qua. Những gì đã phát và số liệu đã có không thay đổi được; hãy chọn từ hôm nay trở đi.',
  'unit.hasUnits': 'Bên dưới còn đơn vị khác nên chưa kết thúc được. Hãy kết thúc hoặc chuyển những đơn vị đó trước.',
  'unit.hasDevices': 'Ở đây còn cụm loa hoặc thiết bị nên chưa kết thúc được. Hãy thu hồi hoặc chuyển thiết bị trước.',
  'notice.audienceEnds':
    'Nơi phát đã chọn không còn cho đến ngày cuối của lịch vì sắp xếp xã, nên loa sẽ không phát. Hãy chọn ngày sớm hơn, hoặc chọn thôn, đài; từ ngày sắp xếp thì soạn cho xã mới.',
  'merger.inPast':
    'Ngày sắp xếp phải từ ngày mai trở đi, vì loa phải được báo trước và những gì đã phát không thay đổi được. Nếu nghị quyết đã có hiệu lực, hãy chọn ngày mai và ghi rõ ngày của nghị quyết ở phần căn cứ.',
  'merger.tooFar': 'Ngày sắp xếp quá xa. Hãy chọn một ngày trong vòng ba năm tới.',
  'merger.tooFew': 'Cần ít nhất hai xã để lập xã mới, hoặc một xã để nhập vào xã đang có. Hãy chọn thêm xã.',
  'merger.notTogether': 'Chỉ sắp xếp được các xã đang có của cùng một tỉnh. Hãy chọn lại các xã.',
  'merger.nameTaken': 'Tỉnh đã có xã khác mang tên này nên chưa ghi. Hãy kiểm tra lại tên xã mới.',
  'merger.overlaps':
    'Một trong các xã này đã nằm trong lần sắp xếp khác, hoặc đã có ngày kết thúc. Hãy hủy lần kia trước, hoặc chọn xã khác.',
  'merger.tookEffect':
    'Việc sắp xếp đã có hiệu lực nên không hủy được nữa. Muốn thay đổi tiếp, hãy làm một lần sắp xếp mới.',
  'merger.undoneBefore': 'Lần sắp xếp này đã được hủy trước đó; không có gì thay đổi thêm.',
  'merger.unitsAdded':
    'Đã có đơn vị được lập thêm dưới xã mới nên chưa hủy được. Hãy kết thúc những đơn vị đó trước ngày sắp xếp rồi hủy lại.',
  // people, posts and their accounts
  'access.passwordMustChange': 'Bạn đang dùng mật khẩu cấp một lần. Hãy đặt mật khẩu của riêng bạn rồi làm tiếp.',
  'access.oneTimeExpired': 'Mật khẩu cấp một lần đã quá hạn ba ngày. Hãy nhờ người quản trị cấp lại mật khẩu.',
  'access.passwordTooShort':
    'Mật khẩu quá ngắn, cần ít nhất 8 ký tự. Mật khẩu cũ vẫn dùng được; hãy chọn mật khẩu dài hơn.',
  'access.passwordTooSimple':
    'Mật khẩu này dễ đoán hoặc giống mật khẩu cũ. Hãy chọn vài từ không liên quan đến tên đăng nhập.',
  'people.lastAdministrator':
    'Đây là người quản trị cuối cùng của đơn vị nên chưa cho thôi được. Hãy giao quyền quản trị cho một người khác có tài khoản trước.',
  'people.usernameTaken': 'Tên đăng nhập này đã có người dùng. Chưa có gì thay đổi; hãy chọn tên khác.',
  'people.hasAccount': 'Người này đã có tài khoản. Nếu quên mật khẩu, hãy cấp lại mật khẩu.',
  'people.noAccount': 'Người này chưa có tài khoản. Hãy mở tài khoản trước.',
  'people.widerPosts': 'Người này còn giữ chức trách ở đơn vị ngoài phạm vi của bạn. Hãy nhờ người quản trị cấp trên.',
  'people.postHeld': 'Người này đã giữ đúng nhiệm vụ ấy ở đơn vị này trong thời gian đó.',
  'people.dayInPast': 'Ngày này đã qua. Chức trách chỉ bắt đầu hoặc kết thúc từ hôm nay trở đi.',
  'device.quietShortened':
    'Rút ngắn giờ yên lặng là việc của người quản trị nên chưa có gì thay đổi. Bạn vẫn kéo dài giờ yên lặng được.',
  'people.dayTooFar': 'Ngày này còn hơn một năm nữa. Hãy kiểm tra lại ngày.',
  // hearing by people, errands of the mobile loudspeaker
  'hearing.linkUnknown': 'Liên kết không đúng hoặc đã hết hạn. Hãy xin cán bộ xã một liên kết mới.',
  'hearing.tooManyTries': 'Có quá nhiều lần mở liên kết không đúng từ mạng này. Hãy đợi khoảng mười phút.',
  'hearing.notAsked': 'Tin này đã quá 24 giờ, hoặc không phát ở thôn này, nên không hỏi nữa.',
  'hearing.tooManyPresses': 'Tin này đã được bấm quá nhiều lần. Lần bấm sau cùng vẫn được giữ.',
  'hearing.notAVillage': 'Liên kết chỉ cấp cho thôn, tổ dân phố. Hãy chọn một thôn.',
  'hearing.endDate': 'Ngày hết hạn phải từ hôm nay trở đi và không quá hai năm. Hãy chọn ngày khác.',
  'hearing.tooManyLinks': 'Thôn này đã có mười liên kết đang dùng. Hãy ngừng một liên kết không còn dùng rồi cấp lại.',
  'export.tooLong': 'Khoảng ngày quá dài cho một bảng (tối đa 366 ngày, 5.000 lượt phát). Hãy chọn khoảng ngắn hơn.',
  'errand.over': 'Việc này đã xong hoặc đã bỏ, nên không thay đổi được nữa. Hãy tải lại để xem.',
  'errand.taken': 'Đã có người khác nhận việc này. Hãy tải lại để xem ai đang đi.',
  'errand.endsBeforeItBegins': 'Giờ xong sớm hơn giờ bắt đầu. Hãy xem lại hai ô giờ; những gì đã nhập vẫn còn.',
  'errand.inFuture': 'Giờ ghi chưa tới. Hãy ghi giờ đã đi thật; những gì đã nhập vẫn còn.',
  'errand.beforeAiring': 'Giờ bắt đầu sớm hơn giờ phát của tin. Hãy xem lại giờ; những gì đã nhập vẫn còn.',
  'errand.tooLong': 'Một lượt đi không thể dài quá mười hai giờ. Hãy xem lại giờ; những gì đã nhập vẫn còn.',
  'errand.listeners': 'Số người nghe lớn hơn nhiều so với số dân của thôn. Hãy xem lại; không rõ thì để trống.',
  // how a unit reads its own words
  'lexicon.unspeakable': 'Cách đọc này không có chữ nào để đọc. Hãy viết bằng chữ, đúng như muốn nghe.',
  'lexicon.full': 'Bảng cách đọc của đơn vị đã đầy. Hãy bỏ bớt những từ không còn dùng.',
  'lexicon.waits': 'Từ này đã có một đề nghị đang chờ. Hãy chờ người duyệt xem, hoặc rút đề nghị ấy lại.',
  'lexicon.decided': 'Đề nghị này đã được xử lý trước đó; không có gì thay đổi thêm.',
  'lexicon.ownDecision': 'Cách đọc do bạn đề nghị phải do người khác đồng ý.',
  // files that are dropped in
  'document.formatUnknown':
    'Không đọc được loại tệp này. Hãy dùng tệp Word (.docx), PDF hoặc văn bản (.txt), hoặc dán nội dung vào ô bên dưới.',
  'document.tooLarge': 'Tệp lớn quá 10 MB. Hãy dán phần nội dung cần đọc vào ô bên dưới.',
  'document.tooLong': 'Văn bản dài quá mười trang. Hãy dán riêng phần cần thông báo cho bà con.',
  'document.noText': 'Tệp này chỉ có ảnh chụp, không có chữ để đọc. Hãy gõ hoặc dán nội dung vào ô bên dưới.',
  'document.broken':
    'Tệp bị hỏng hoặc có mật khẩu nên không đọc được. Hãy xin lại tệp, hoặc dán nội dung vào ô bên dưới.',
}
