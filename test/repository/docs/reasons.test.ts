/** "Who lacks the agreement" names each reason that Get Status gives. */
import {
	CUSTOMER_AGREEMENT,
	type Agreement,
} from '../../../nodes/MicrosoftPartnerCenter/client/schemas';
import { agreementStatusOf } from '../../../nodes/MicrosoftPartnerCenter/client/agreementStatus';
import { explainStatusReason } from '../../../nodes/MicrosoftPartnerCenter/messages/agreementStatus';
import { pageNamed } from './pages';

const named = pageNamed('docs/operations/who-lacks-the-agreement.md')
	.rows.map(({ cells: [reason = ''] }) => reason)
	.filter((reason) => reason.endsWith('.'));

const from2021: Agreement = {
	templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
	dateAgreed: '2021-11-05T00:00:00',
	type: CUSTOMER_AGREEMENT,
	primaryContact: { firstName: 'Sanne', lastName: 'IJsbrandts', email: 'sanne@humongous.example' },
};

it.each([
	['never confirmed', agreementStatusOf([], false)],
	['confirmed too long ago', agreementStatusOf([from2021], false)],
	['without a relationship', agreementStatusOf(null, null)],
])('%s', (_what, { reason }) => {
	const said = reason === null ? '' : explainStatusReason(reason);
	const isNamed = named.some((words) => {
		const [start = '', end = ''] = words.split('…');
		return said.startsWith(start) && said.endsWith(end);
	});
	expect([said, isNamed]).toEqual([said, true]);
});

it('names no other', () => {
	expect(named).toHaveLength(3);
});
