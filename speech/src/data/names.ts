/** Names of peoples and places whose spelling is not Vietnamese. Lower-case keys. Source: official name lists and local use. */
// biome-ignore format: a table reads best as a block
const NAMES: Readonly<Record<string, string>> = {
  cadong: 'Ca Dong', sedang: 'Xê Đăng', xêđăng: 'Xê Đăng', xơđăng: 'Xơ Đăng', êđê: 'Ê Đê', ede: 'Ê Đê', bahnar: 'Ba Na', bana: 'Ba Na', jarai: 'Gia Rai', jrai: 'Gia Rai', giarai: 'Gia Rai',
  mnông: 'Mơ Nông', mnong: 'Mơ Nông', kơho: 'Cơ Ho', cơtu: 'Cơ Tu', cotu: 'Cơ Tu', katu: 'Cơ Tu', hre: 'Hơ Rê', hrê: 'Hơ Rê', kor: 'Co', cor: 'Co', hmông: 'Mông', hmong: 'Mông', giẻtriêng: 'Giẻ Triêng', xtiêng: 'Xơ Tiêng', stiêng: 'Xơ Tiêng', raglai: 'Ra Glai', raglay: 'Ra Glai', khmer: 'Khơ Me', khơme: 'Khơ Me', churu: 'Chu Ru',
  kontum: 'Kon Tum', pleiku: 'Plây Cu', daklak: 'Đắk Lắk', đắklắk: 'Đắk Lắk', đăklăk: 'Đắk Lắk', đaklak: 'Đắk Lắk', đak: 'Đắk', đăk: 'Đắk', buônmathuột: 'Buôn Ma Thuột', kbang: 'Kờ Bang', kpă: 'Kờ Pă', ksor: 'Kờ Xo', rlan: 'Rơ Lan', plei: 'Plây', pleikrông: 'Plây Krông', ialy: 'Ia Ly', iagrai: 'Ia Gơ Rai', iapa: 'Ia Pa',
  sapa: 'Sa Pa', hòabình: 'Hòa Bình', hanoi: 'Hà Nội', hochiminh: 'Hồ Chí Minh', danang: 'Đà Nẵng', vietnam: 'Việt Nam', quangngai: 'Quảng Ngãi', quangnam: 'Quảng Nam', saigon: 'Sài Gòn', dungquat: 'Dung Quất', mianma: 'Mi an ma', lêni: 'Lê Ni', lênin: 'Lê Nin', lenin: 'Lê Nin', marx: 'Mác',
}

/** The reading of a name in lower case. */
export const nameWord = (lower: string): string | undefined => (Object.hasOwn(NAMES, lower) ? NAMES[lower] : undefined)
