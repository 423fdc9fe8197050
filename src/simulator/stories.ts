/** How conversations begin and go on, each story as often as it is to be told. */
import { bridgeMember, mailCustomer, telegramCustomer, whatsappCustomer, whatsappNotice } from './channel-stories';
import type { Plot } from './teller';
import { assistantVisitor, botVisitor, campaignVisitor, lurker, nightVisitor, shopVisitor } from './widget-stories';

export const stories: readonly Plot[] = [
	shopVisitor,
	botVisitor,
	assistantVisitor,
	nightVisitor,
	campaignVisitor,
	whatsappCustomer,
	whatsappCustomer,
	whatsappNotice,
	mailCustomer,
	telegramCustomer,
	bridgeMember,
	bridgeMember,
	lurker,
];
