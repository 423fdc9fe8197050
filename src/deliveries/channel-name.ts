/** Ground truth 4.11.2; `Channel::TwilioSms` carries WhatsApp too. */
const names: Record<string, string> = {
	WebWidget: 'web widget',
	Api: 'API inbox',
	Email: 'e-mail',
	FacebookPage: 'Facebook',
	TwitterProfile: 'Twitter',
	TwilioSms: 'Twilio',
	Telegram: 'Telegram',
	Line: 'LINE',
	Whatsapp: 'WhatsApp',
	Sms: 'SMS',
	Instagram: 'Instagram',
	Voice: 'voice',
	Tiktok: 'TikTok',
};

/** `Channel::WebWidget` in plain words, `web widget`; a channel that we do not know (forks add some) without its prefix. */
export function channelName(channel: string): string {
	const name = channel.replace(/^Channel::/, '');
	return Object.hasOwn(names, name) ? (names[name] ?? name) : name;
}
