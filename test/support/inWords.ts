import { PartnerCenterError } from '../../nodes/MicrosoftPartnerCenter/client/errors';
import { explain } from '../../nodes/MicrosoftPartnerCenter/messages/explain';

/** The same work, whose error says what a person is told: `message` and `advice`. */
export async function inWords<T>(work: Promise<T>): Promise<T> {
	return await work.catch((error: unknown) => {
		throw error instanceof PartnerCenterError ? Object.assign(error, explain(error)) : error;
	});
}
