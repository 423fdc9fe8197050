/** What the invented customers of the shop speak: names and phrases, all made up. `{order}` becomes an order's number. */
import type { Zone } from '../virtual-time';

export interface Language {
	/** ISO 639-1. */
	code: string;
	/** What a browser says, such as `de-CH`. */
	locales: readonly string[];
	zone: Zone;
	places: readonly { city: string; country: string; countryCode: string }[];
	firstNames: readonly string[];
	lastNames: readonly string[];
	/** First messages. */
	openings: readonly string[];
	/** What comes after an answer. */
	followUps: readonly string[];
	thanks: readonly string[];
	/** What agents answer. */
	replies: readonly string[];
}

const central = (name: string, summerName: string): Zone => ({
	offsetMinutes: 60,
	name,
	summer: { offsetMinutes: 120, name: summerName },
});

export const languages: readonly Language[] = [
	{
		code: 'en',
		locales: ['en', 'en-GB', 'en-US', 'en-IE'],
		zone: {
			offsetMinutes: 0,
			name: 'Greenwich Mean Time',
			summer: { offsetMinutes: 60, name: 'British Summer Time' },
		},
		places: [
			{ city: 'Leeds', country: 'United Kingdom', countryCode: 'GB' },
			{ city: 'Galway', country: 'Ireland', countryCode: 'IE' },
			{ city: 'Portland', country: 'United States', countryCode: 'US' },
		],
		firstNames: ['Maya', 'Teo', 'Sam', 'Priya', 'Callum', 'Imani', 'Bao', 'Zadie', 'Rory', 'Noor'],
		lastNames: ['Brandt', 'Okoye', 'Lindqvist', 'Hollis', 'Farrow', 'Achebe', 'Penrose', 'Whitlock', 'Mistry', 'Doyle'],
		openings: [
			'Hi, where is my parcel? Order {order}',
			'The boots from order {order} are one size too small. Can I swap them?',
			'I was charged twice for order {order} 😬',
			'Do you ship to Malta?',
			'Is the "Fjell" jacket coming back in <M>?',
			'My discount code BOOTS&SOCKS does not work',
			'hello? tracking says delivered but there is nothing here\n\norder {order}',
			'Can I still change the delivery address of {order}?',
		],
		followUps: [
			'It still says "in transit" since Monday',
			'Could I get the refund on my card instead of a voucher?',
			'I need it before Saturday, it is a birthday present 🎁',
			'The left one is fine, the right one has a broken zip',
			'ok, and who pays for the return?',
			'I sent the photo already, did you get it?',
		],
		thanks: ['Brilliant, thank you!', 'That worked 👍', 'Thanks, that was quick', 'Perfect. Have a nice day'],
		replies: [
			'It left the depot this morning & should arrive by 6 pm.',
			'I have started the refund for order {order}; your bank needs 3 to 5 days.',
			'Of course. I have sent you a return label, the swap is free of charge.',
			'Sorry about that. Could you send us a photo of the damage?',
			'We do, it takes 4 working days and costs 7.90 €.',
			'I have asked the courier and will write as soon as I know more.',
		],
	},
	{
		code: 'de',
		locales: ['de', 'de-DE', 'de-AT', 'de-CH'],
		zone: central('Mitteleuropäische Normalzeit', 'Mitteleuropäische Sommerzeit'),
		places: [
			{ city: 'Görlitz', country: 'Germany', countryCode: 'DE' },
			{ city: 'Graz', country: 'Austria', countryCode: 'AT' },
		],
		firstNames: ['Ilse', 'Jörg', 'Anneke', 'Matthias', 'Käthe', 'Luca'],
		lastNames: ['Fontane', 'Weißhaupt', 'Möller', 'Sommerfeld', 'Grünwald', 'Ziegler'],
		openings: [
			'Guten Tag! Wo bleibt meine Bestellung {order}?',
			'Die Größe 42 fällt sehr klein aus, kann ich umtauschen?',
			'Die Rechnung zu {order} weist keine Umsatzsteuer aus.',
		],
		followUps: ['Laut Sendungsverfolgung liegt es noch in Köln.', 'Gilt das auch für Geschenkgutscheine?'],
		thanks: ['Herzlichen Dank für die schnelle Hilfe!', 'Super, danke 🙏'],
		replies: [
			'Ihr Paket ist unterwegs und kommt voraussichtlich morgen an.',
			'Selbstverständlich. Der Rücksendeschein ist in Ihrem Postfach.',
			'Wir haben die Rechnung korrigiert & neu verschickt.',
		],
	},
	{
		code: 'fr',
		locales: ['fr', 'fr-FR', 'fr-BE', 'fr-CA'],
		zone: central('heure normale d’Europe centrale', 'heure d’été d’Europe centrale'),
		places: [
			{ city: 'Besançon', country: 'France', countryCode: 'FR' },
			{ city: 'Liège', country: 'Belgium', countryCode: 'BE' },
		],
		firstNames: ['Odile', 'Étienne', 'Maëlle', 'Baptiste', 'Inès'],
		lastNames: ['Marchetti', 'Lefèvre', 'Garnier', 'Dubreuil', 'N’Diaye'],
		openings: [
			'Bonjour, ma commande {order} n’est toujours pas arrivée.',
			'Est-ce que le manteau existe en taille 38 ?',
			'J’ai reçu la mauvaise couleur… que faire ?',
		],
		followUps: ['Le livreur n’a laissé aucun avis de passage.', 'Et les frais de retour ?'],
		thanks: ['Merci beaucoup, bonne journée !', 'C’est parfait, merci 😊'],
		replies: [
			'Votre colis sera livré demain avant 18 h.',
			'Oui, il en reste deux en stock ; je vous en réserve un ?',
			'Toutes nos excuses : nous vous renvoyons la bonne couleur aujourd’hui.',
		],
	},
	{
		code: 'es',
		locales: ['es', 'es-ES', 'es-MX'],
		zone: central('hora estándar de Europa central', 'hora de verano de Europa central'),
		places: [
			{ city: 'Logroño', country: 'Spain', countryCode: 'ES' },
			{ city: 'Mérida', country: 'Mexico', countryCode: 'MX' },
		],
		firstNames: ['Ximena', 'Íñigo', 'Lucía', 'Tomás', 'Begoña'],
		lastNames: ['Ibáñez', 'Quintero', 'Peñalver', 'Duarte', 'Salcedo'],
		openings: [
			'¡Hola! ¿Dónde está mi pedido {order}?',
			'¿Puedo devolver las zapatillas sin la caja?',
			'No me llega el correo de confirmación.',
		],
		followUps: ['Llevo esperando una semana…', '¿Y si lo recojo en tienda?'],
		thanks: ['¡Muchas gracias!', 'Genial, gracias por la ayuda 🙌'],
		replies: [
			'Su pedido salió ayer del almacén y llega mañana.',
			'Sí, dentro de los 30 días y con la etiqueta puesta.',
			'Se lo acabo de reenviar; mire también en «Spam».',
		],
	},
	{
		code: 'nl',
		locales: ['nl', 'nl-NL', 'nl-BE'],
		zone: central('Midden-Europese standaardtijd', 'Midden-Europese zomertijd'),
		places: [{ city: 'Utrecht', country: 'Netherlands', countryCode: 'NL' }],
		firstNames: ['Sanne', 'Joris', 'Fleur', 'Daan'],
		lastNames: ['van der Meer', 'de Wit', 'IJzerman', 'Bakker'],
		openings: ['Hoi, ik wil bestelling {order} graag ruilen.', 'Wanneer komt maat 39 weer binnen?'],
		followUps: ['Kan dat ook bij een afhaalpunt?', 'Ik heb de bon niet meer, is dat erg?'],
		thanks: ['Top, bedankt!', 'Fijn, dank je wel 🧡'],
		replies: ['Dat kan! Het retourlabel staat in uw mail.', 'Volgende week dinsdag verwachten we een nieuwe levering.'],
	},
	{
		code: 'pt',
		locales: ['pt-BR', 'pt', 'pt-PT'],
		zone: { offsetMinutes: -180, name: 'Horário Padrão de Brasília' },
		places: [
			{ city: 'Florianópolis', country: 'Brazil', countryCode: 'BR' },
			{ city: 'Évora', country: 'Portugal', countryCode: 'PT' },
		],
		firstNames: ['João', 'Conceição', 'Thiago', 'Inês'],
		lastNames: ['Araújo', 'Gonçalves', 'Monção', 'Assunção'],
		openings: ['Olá, o pedido {order} veio com a cor errada.', 'Vocês entregam em São Luís?'],
		followUps: ['Mandei a foto agora há pouco 📷', 'Posso trocar por outro modelo?'],
		thanks: ['Muito obrigada!', 'Valeu, ajudou muito 😄'],
		replies: ['Pedimos desculpas. A troca já está a caminho.', 'Entregamos sim, em até 6 dias úteis.'],
	},
	{
		code: 'ar',
		locales: ['ar', 'ar-AE', 'ar-EG'],
		zone: { offsetMinutes: 240, name: 'توقيت الخليج' },
		places: [{ city: 'الشارقة', country: 'United Arab Emirates', countryCode: 'AE' }],
		firstNames: ['ليلى', 'يوسف', 'مريم', 'كريم'],
		lastNames: ['حداد', 'النجار', 'منصور', 'الخوري'],
		openings: ['مرحبا، أين طلبي رقم {order}؟', 'هل يمكنني تبديل المقاس من L إلى M؟ 👕'],
		followUps: ['لم يصلني رمز التتبع بعد.', 'المبلغ خُصم مرتين من البطاقة'],
		thanks: ['شكرا جزيلا! 🌷', 'ممتاز، شكرا لكم'],
		replies: ['طلبك في الطريق وسيصل غدا قبل الساعة 18:00.', 'بالتأكيد، أرسلنا لك بطاقة الإرجاع بالبريد.'],
	},
	{
		code: 'he',
		locales: ['he', 'he-IL'],
		zone: {
			offsetMinutes: 120,
			name: 'שעון ישראל (חורף)',
			summer: { offsetMinutes: 180, name: 'שעון ישראל (קיץ)' },
		},
		places: [{ city: 'חיפה', country: 'Israel', countryCode: 'IL' }],
		firstNames: ['ליאור', 'נועה', 'איתן', 'תמר'],
		lastNames: ['ברק', 'שלו', 'אלמוג', 'רון'],
		openings: ['שלום, מתי תגיע ההזמנה {order}?', 'קיבלתי מידה לא נכונה (43 במקום 41)'],
		followUps: ['השליח לא התקשר בכלל', 'אפשר החזר לכרטיס האשראי?'],
		thanks: ['תודה רבה! 🌙', 'מעולה, תודה'],
		replies: ['החבילה יצאה הבוקר ותגיע עד מחר בערב.', 'כמובן, שלחנו תווית החזרה לדוא"ל שלך.'],
	},
	{
		code: 'ja',
		locales: ['ja', 'ja-JP'],
		zone: { offsetMinutes: 540, name: '日本標準時' },
		places: [{ city: '松本市', country: 'Japan', countryCode: 'JP' }],
		firstNames: ['花', '蓮', '美咲', '悠真'],
		lastNames: ['小林', '藤井', '高瀬', '三浦'],
		openings: ['注文番号 {order} の荷物がまだ届きません。', 'このジャケットのサイズ感を教えてください。'],
		followUps: ['返品の送料はかかりますか？', '土曜日までに必要です🙇'],
		thanks: ['ありがとうございました！', '助かりました😊'],
		replies: ['本日出荷いたしました。明後日のお届け予定です。', '普段より一つ大きいサイズをおすすめします。'],
	},
	{
		code: 'tr',
		locales: ['tr', 'tr-TR'],
		zone: { offsetMinutes: 180, name: 'GMT+03:00' },
		places: [{ city: 'İzmir', country: 'Türkiye', countryCode: 'TR' }],
		firstNames: ['Şebnem', 'Uğur', 'Ilgaz', 'Çağla'],
		lastNames: ['Yıldız', 'Öztürk', 'Gündoğdu', 'Işık'],
		openings: ['Merhaba, {order} numaralı siparişim nerede?', 'Ayakkabı dar geldi, değişim mümkün mü?'],
		followUps: ['Kargo takip numarası çalışmıyor.', 'İade ücreti ne kadar?'],
		thanks: ['Çok teşekkürler!', 'Harika, sağ olun 🙏'],
		replies: ['Paketiniz dağıtıma çıktı, bugün teslim edilir.', 'Elbette, ücretsiz iade kodunuz e-postanızda.'],
	},
];
