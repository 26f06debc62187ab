/** Foreign and product words as Vietnamese radio says them. Lower-case keys. Source: everyday broadcasting use. */
// biome-ignore format: a table reads best as a block
const WORDS: Readonly<Record<string, string>> = {
  yagi: 'i a ghi', wipha: 'uýp pha', bualoi: 'bua loi', kajiki: 'ca di ki', ragasa: 'ra ga sa', matmo: 'mát mo', kalmaegi: 'can ma ghi', fengshen: 'phâng sân', trami: 'tra mi', noru: 'nô ru', molave: 'mô la vê', linfa: 'lin pha', nangka: 'nang ca', goni: 'gô ni', vamco: 'vam cô',
  richter: 'rích te', inch: 'in', tel: 'điện thoại', tell: 'điện thoại', miligam: 'mi li gam', mililit: 'mi li lít', mililít: 'mi li lít', kilogam: 'ki lô gam', kilôgam: 'ki lô gam', kilomet: 'ki lô mét', kilômét: 'ki lô mét', milimet: 'mi li mét', milimét: 'mi li mét', xentimet: 'xăng ti mét', xentimét: 'xăng ti mét', centimet: 'xăng ti mét', hecta: 'héc ta', hécta: 'héc ta', kilôoat: 'ki lô oát',
  alo: 'a lô', alô: 'a lô',
  zalo: 'da lô', facebook: 'phây búc', fanpage: 'phan pây', youtube: 'diu túp', tiktok: 'tích tóc', google: 'gu gồ', gmail: 'gi meo', email: 'i meo',
  'e-mail': 'i meo', internet: 'in tơ nét', intranet: 'in tra nét', wifi: 'oai phai', 'wi-fi': 'oai phai', website: 'oép sai', web: 'oép', online: 'on lai',
  offline: 'óp lai', livestream: 'lai xờ trim', stream: 'xờ trim', video: 'vi đê ô', clip: 'clíp', videoclip: 'vi đê ô clíp', audio: 'ao đi ô', radio: 'ra đi ô', radiô: 'ra đi ô', camera: 'ca mê ra',
  smartphone: 'xờ mát phôn', iphone: 'ai phôn', ipad: 'ai pát', android: 'an đờ roi', laptop: 'láp tóp', app: 'áp', apps: 'áp', link: 'linh', file: 'phai', server: 'xéc vơ', cloud: 'clao',
  karaoke: 'ca ra ô kê', logo: 'lô gô', pano: 'pa nô', panô: 'pa nô', banner: 'ban nơ', poster: 'pốt tơ', slogan: 'xlô gân', marketing: 'ma két tinh', container: 'công te nơ', robot: 'rô bốt', drone: 'đờ rôn', flycam: 'phlai cam',
  covid: 'cô vít', sars: 'xát', virus: 'vi rút', vaccine: 'vắc xin', vacxin: 'vắc xin', vắcxin: 'vắc xin', dengue: 'đen gơ', ebola: 'ê bô la', omicron: 'ô mi crôn', delta: 'đen ta', rubella: 'ru bê la', pfizer: 'phai dơ', moderna: 'mô đéc na', astrazeneca: 'a xtra dê nê ca',
  oxy: 'ô xy', oxi: 'ô xy', cloramin: 'clo ra min', chloramin: 'clo ra min', paracetamol: 'pa ra xê ta môn', oresol: 'ô rê don', aspirin: 'át pi rin', vitamin: 'vi ta min', insulin: 'in xu lin', glucose: 'glu cô', test: 'tét', zika: 'di ca', stress: 'xờ trét', caffeine: 'ca phê in',
  karate: 'ca ra te', taekwondo: 'te côn đô', yoga: 'dô ga', marathon: 'ma ra tông', festival: 'phét ti van', gala: 'ga la', show: 'xâu', liveshow: 'lai xâu', game: 'ghêm', games: 'ghêm', gameshow: 'ghêm xâu', album: 'an bum', violon: 'vi ô lông', piano: 'pi a nô', guitar: 'ghi ta', acoustic: 'a cút tích',
  taxi: 'tắc xi', grab: 'gờ ráp', bus: 'buýt', homestay: 'hôm xtây', resort: 'ri dọt', tour: 'tua', tourist: 'tua rít', farmstay: 'pham xtây', villa: 'vi la', motel: 'mô ten', hotel: 'hô ten', buffet: 'búp phê', cafe: 'cà phê', café: 'cà phê', coffee: 'cà phê', beer: 'bia',
  hotline: 'hót lai', call: 'côn', center: 'xen tơ', callcenter: 'côn xen tơ', card: 'các', visa: 'vi da', passport: 'pát pót', atm: 'a tê em', internetbanking: 'in tơ nét banh kinh', banking: 'banh kinh', mobile: 'mô bai', mobifone: 'mô bi phôn', vinaphone: 'vi na phôn', viettel: 'việt teo', vietnamobile: 'việt nam mô bai',
  vietcombank: 'việt com banh', agribank: 'a gri banh', bidv: 'bê i đê vê', vietinbank: 'việt tin banh', sacombank: 'xa com banh', lienvietpostbank: 'liên việt pốt banh', techcombank: 'tếch com banh', momo: 'mô mô', paypal: 'pây pan', shopee: 'sốp pi', lazada: 'la da đa', tiki: 'ti ki', shop: 'sốp', ship: 'síp', shipper: 'síp pơ', sale: 'xeo',
  messenger: 'mét xen dơ', viber: 'vai bơ', telegram: 'tê lê gram', instagram: 'in xta gram', twitter: 'tuýt tơ', zoom: 'dum', microsoft: 'mai crô xóp', windows: 'uyn đâu', word: 'guốt', excel: 'ếch xeo', powerpoint: 'pao pôi', chrome: 'crôm', blog: 'bờ lóc', blockchain: 'bờ lóc chên', bitcoin: 'bít coi', chatbot: 'chát bót', chat: 'chát', hacker: 'hách cơ', admin: 'át min', like: 'lai', share: 'se', comment: 'com men', post: 'pốt', group: 'grúp', page: 'pây', user: 'iu dơ', password: 'pát guốt', qr: 'quy e rờ', barcode: 'ba cốt',
  micro: 'mi crô', microphone: 'mi crô', mic: 'mích', amply: 'am pli', amplifier: 'am pli', stereo: 'xtê rê ô', loudspeaker: 'loa', bluetooth: 'bờ lu tút', gateway: 'ghết guây', router: 'rao tơ', modem: 'mô đem', acquy: 'ắc quy', ắcquy: 'ắc quy', inverter: 'in vơ tơ', sensor: 'xen xơ', led: 'lét', gps: 'định vị', tivi: 'ti vi', tv: 'ti vi', smart: 'xờ mát', 'q-office': 'quy óp phít', ioffice: 'ai óp phít', office: 'óp phít', egov: 'i gốp', 'e-office': 'i óp phít', etax: 'i tắc', vssid: 'vê ét ét i đê', vneid: 'vê nờ i đi', ioc: 'ai ô xi',
  nito: 'ni tơ', nitơ: 'ni tơ', kali: 'ka li', ure: 'u rê', urê: 'u rê', urea: 'u rê', npk: 'en pê ca', dap: 'đáp', biogas: 'bi ô ga', silo: 'xi lô', composite: 'com pô dít', polyme: 'pô li me', inox: 'i nốc', ethanol: 'ê ta non', methanol: 'mê ta non', gas: 'ga', diesel: 'đi ê den', diezen: 'đi ê den', ron: 'ron', vietgap: 'việt gáp', globalgap: 'gờ lô bờ gáp', organic: 'oóc ga ních', ocop: 'ô cốp', nylon: 'ni lông', nilon: 'ni lông', nilông: 'ni lông', lavie: 'la vi', socola: 'sô cô la', yaourt: 'da ua', pallet: 'pa lét', tanzan: 'tan dan',
  euro: 'ơ rô', dollar: 'đô la', asean: 'a xê an', unesco: 'u nét xcô', unicef: 'u ni xép', fifa: 'phi pha', paris: 'pa ri', london: 'luân đôn', singapore: 'xin ga po', malaysia: 'ma lai xi a', indonesia: 'in đô nê xi a', philippines: 'phi líp pin', philippine: 'phi líp pin', campuchia: 'cam pu chia', cambodia: 'cam pu chia', myanmar: 'mi an ma', thailand: 'thái lan', laos: 'lào', australia: 'ô xtrây li a', canada: 'ca na đa', ukraine: 'u crai na', israel: 'ít xra en', brunei: 'bru nây', tokyo: 'tô ki ô', washington: 'oa sinh tơn', america: 'a mê ri ca',
  size: 'xai', code: 'cốt', sedan: 'xê đan', panel: 'pa nen', startup: 'xờ tát ắp', workshop: 'guốc sốp', seminar: 'xê mi na', festivals: 'phét ti van', talkshow: 'tốc xâu', podcast: 'pót cát', mc: 'em xi', fan: 'phan', idol: 'ai đồ', top: 'tóp', hot: 'hót', vip: 'víp', spa: 'xpa', gym: 'gim', chip: 'chíp', model: 'mô đen', catalogue: 'ca ta lô', catalog: 'ca ta lô', format: 'pho mát', font: 'phông', unicode: 'u ni cốt', scan: 'xờ can', photocopy: 'phô tô cóp pi', photo: 'phô tô', copy: 'cóp pi', fax: 'phác', telex: 'tê lếch', morphine: 'moóc phin', heroin: 'hê rô in', cocain: 'cô ca in', methamphetamine: 'ma túy đá', ketamine: 'kê ta min', cannabis: 'cần sa', pod: 'pót', shisha: 'si sa',
}

/** Fixed groups: a hyphen or a space may stand before the number. */
export const FOREIGN_GROUPS: readonly { readonly written: RegExp; readonly spoken: string }[] = [
  { written: /sars ?-? ?cov ?-? ?2(?![\p{L}\d])/iuy, spoken: 'xát cô vi hai' },
  { written: /(?:covid|cô-vít|côvid) ?[-–]? ?19(?![\p{L}\d])/iuy, spoken: 'cô vít mười chín' },
  { written: /mers ?-? ?cov(?![\p{L}\d])/iuy, spoken: 'mớt cô vi' },
  { written: /wi ?-fi(?![\p{L}\d])/iuy, spoken: 'oai phai' },
  { written: /e-mail(?![\p{L}\d])/iuy, spoken: 'i meo' },
  { written: /q-office(?![\p{L}\d])/iuy, spoken: 'quy óp phít' },
  { written: /e-office(?![\p{L}\d])/iuy, spoken: 'i óp phít' },
  { written: /smart ?tv(?![\p{L}\d])/iuy, spoken: 'ti vi thông minh' },
  { written: /qr ?code(?![\p{L}\d])/iuy, spoken: 'quy e rờ' },
  { written: /no\.(?= ?\d)/iuy, spoken: 'số' },
  { written: /call ?center(?![\p{L}\d])/iuy, spoken: 'côn xen tơ' },
]

/** The reading of a foreign word in lower case. */
export const foreignWord = (lower: string): string | undefined =>
  Object.hasOwn(WORDS, lower) ? WORDS[lower] : undefined
