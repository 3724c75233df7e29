/** How an answer shows the contact of an agreement. No page says that it is what was sent. */
import type { Contact } from '../state';
import type { EmulatorContext } from '../EmulatorContext';

export function shownContact(
	{ switches }: Pick<EmulatorContext, 'switches'>,
	contact: Contact,
): Contact {
	if (!switches.tidyContacts) return contact;
	const { firstName, lastName, email, phoneNumber } = contact;
	return {
		firstName: tidyName(firstName),
		lastName: tidyName(lastName),
		email: email.toLowerCase(),
		...(phoneNumber === undefined ? {} : { phoneNumber: phoneNumber.replace(/\D/g, '') }),
	};
}

function tidyName(name: string): string {
	return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}
