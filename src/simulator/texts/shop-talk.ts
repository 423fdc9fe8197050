/** What the shop's people, its bot and its assistant write, and what customers send; all made up. */
import type { StoredFile } from '../wire-forms';
import type { WireObject } from '../rails-json';

export const privateNotes: readonly string[] = [
	'Courier says the van broke down.\nDo **not** promise a time.',
	'@Joel this is the third complaint about batch 114, can we check the stock?',
	'Customer is on the *gold* plan & has a claim open (see #881).',
	'Called back, nobody answered. Try again after 16:00.',
	'Refund approved by finance ✅',
];

export const greetings = ['Welcome to Northwind! 👋', 'Hi! We usually answer within a few minutes.'];

export const awayMessage = 'We are away until Monday.';

export const assistantAnswers: readonly string[] = [
	'You can return boots within 30 days.',
	'Orders placed before 2 pm leave the same day.\n\nYou can follow yours at https://shop.example.com/track?order=881&lang=en.',
	'Gift cards are valid for 3 years. Shall I connect you with a colleague?',
];

export const campaignTexts = ['Summer sale starts today', 'Need help choosing? We are online ☀️'];

export const helpArticles: readonly WireObject[] = [
	{ title: 'Returns', description: 'How returns work', link: 'https://help.example.com/returns' },
	{ title: 'Sizes', description: 'Our size tables', link: 'https://help.example.com/sizes?unit=cm&gender=all' },
	{ title: 'Shipping', description: 'Costs and times', link: 'https://help.example.com/shipping' },
];

export const cards: readonly WireObject[] = [
	{
		media_url: 'https://cdn.example.com/boots.jpg',
		title: 'Trail boots',
		description: 'Waterproof',
		actions: [
			{ type: 'link', text: 'View', uri: 'https://shop.example.com/boots' },
			{ type: 'postback', text: 'Add', payload: 'ADD_BOOTS' },
		],
	},
	{
		media_url: 'https://cdn.example.com/fjell.jpg',
		title: 'Fjell jacket',
		description: 'Down, 380 g',
		actions: [{ type: 'link', text: 'View', uri: 'https://shop.example.com/fjell' }],
	},
];

export const choices: readonly WireObject[] = [
	{ title: '🚚 Track', value: 'track' },
	{ title: '↩️ Return', value: 'return' },
	{ title: '💬 Talk to a person', value: 'person' },
];

export const formFields: readonly WireObject[] = [
	{
		name: 'email',
		placeholder: 'you@example.com',
		type: 'email',
		label: 'E-mail',
		required: 'required',
		pattern_error: 'Enter an address',
		pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$',
	},
	{
		name: 'size',
		type: 'select',
		label: 'Size',
		options: [
			{ label: 'S', value: 's' },
			{ label: 'M', value: 'm' },
			{ label: 'L', value: 'l' },
		],
	},
];

export const pictures: readonly StoredFile[] = [
	{ name: 'photo.jpeg', type: 'image', contentType: 'image/jpeg', size: 221_190 },
	{ name: 'broken zip.png', type: 'image', contentType: 'image/png', size: 1_204_551 },
];

export const voices: readonly (StoredFile & { transcript: string })[] = [
	{
		name: 'voice.ogg',
		type: 'audio',
		contentType: 'audio/ogg',
		size: 9120,
		transcript: 'I would like to change the delivery address.',
	},
	{
		name: 'voice.ogg',
		type: 'audio',
		contentType: 'audio/ogg',
		size: 31_877,
		transcript: 'Hello, it’s about the jacket. The zip is stuck again.',
	},
];

export const papers: readonly StoredFile[] = [
	{ name: 'invoice-2026-114.pdf', type: 'file', contentType: 'application/pdf', size: 48_211 },
	{ name: 'return label.pdf', type: 'file', contentType: 'application/pdf', size: 18_402 },
];

export const clipsAndSheet: readonly StoredFile[] = [
	{ name: 'clip-1.mp4', type: 'video', contentType: 'video/mp4', size: 1_822_331 },
	{ name: 'clip-2.mp4', type: 'video', contentType: 'video/mp4', size: 1_700_121 },
	{
		name: 'sizes & colours.xlsx',
		type: 'file',
		contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		size: 18_022,
	},
];

export const pickupPoints: readonly { place: [number, number]; title: string }[] = [
	{ place: [52.0907, 5.1214], title: 'Pickup point, 1 Sample Street' },
	{ place: [50, 19.9449], title: 'Parcel locker 7, Example Square' },
	{ place: [-33.8688, 151.2093], title: 'Front desk, 12 Harbour Road' },
];

export const mailSubjects: readonly string[] = [
	'Invoice 2026-114 is wrong',
	'Re: Your order {order}',
	'Complaint: "Fjell" jacket <M>',
	'Rückerstattung Bestellung {order}',
];

/** Answers that a platform gives when it can't deliver. */
export const platformErrors: readonly string[] = [
	'131047: Re-engagement message',
	'131026: Message undeliverable',
	'Net::ReadTimeout with #<TCPSocket:(closed)>',
];

export const visitorAdjectives = ['quiet', 'silver', 'autumn', 'bold', 'misty', 'wandering', 'crimson', 'late'];
export const visitorNouns = ['meadow', 'brook', 'leaf', 'harbor', 'pine', 'sparrow', 'glade', 'comet'];

export const labelTitles = ['delivery', 'vip', 'billing', 'refund', 'sizes', 'rücksendung', 'wholesale'];
