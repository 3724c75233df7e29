/** Answers that leave things out or put them oddly: what a person gets to see all the same. */
import {
	isWithoutRelationship,
	agreementStatusOf,
} from '../../../nodes/MicrosoftPartnerCenter/client/agreementStatus';
import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	type HttpResponse,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import {
	alreadyExistsBody,
	CONFIRM_CUSTOMER_ID,
	confirmRequestBody,
	CORRELATION_ID,
	REQUEST_ID,
} from '../../support/fixtures/documented';
import { templatesOf } from '../../support/templatesOf';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { inWords } from '../../support/inWords';
import { clientOf } from '../../support/throttleClient';

const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries: 2 };

/** A client that gets these answers one after another; what is thrown need not be an error. */
async function ask<T>(
	answers: unknown[],
	question: (client: PartnerCenterClient) => Promise<T>,
): Promise<T> {
	const clock = new SimulatedClock();
	const left = [...answers];
	const client = new PartnerCenterClient({
		clock,
		throttle: clientOf(new Throttle(clock), 10),
		newId: () => REQUEST_ID,
		send: async (): Promise<HttpResponse> => {
			const answer = left.shift();
			if (typeof answer === 'object' && answer !== null && 'status' in answer) {
				return { headers: {}, body: '', ...answer } as HttpResponse;
			}
			throw answer;
		},
	});
	return await inWords(clock.run(question(client)));
}

const confirm = (...answers: unknown[]) =>
	ask(answers, (client) =>
		client.agreements.confirm(
			{ customerId: CONFIRM_CUSTOMER_ID, agreement: confirmRequestBody },
			call,
		),
	);

describe('a confirmation whose first try went unanswered, and then', () => {
	const unanswered = new NoAnswerError('ECONNRESET');

	it.each([
		['n8n declines to send', new NotSentError('blocked'), 'n8n did not send the request'],
		['the execution is cancelled', new CancelledError(), 'The execution was cancelled'],
		['a bug shows itself', new TypeError('x is not a function'), 'could not be processed'],
		['something is thrown that is no error', 'a text', 'This item could not be processed'],
		[
			'Partner Center asks for a long pause',
			{ status: 429, headers: { 'retry-after': '7200' } },
			'Partner Center asks to wait',
		],
	])('%s: nobody knows whether it was recorded', async (_what, then, message) => {
		await expect(confirm(unanswered, then)).rejects.toMatchObject({
			message: expect.stringContaining(message),
			advice: expect.stringContaining('Whether the confirmation was recorded is not known'),
			inDoubt: true,
		});
	});
});

it('600061 counts as "already exists" even under HTTP status 200', async () => {
	await expect(confirm({ status: 200, body: alreadyExistsBody })).resolves.toMatchObject({
		outcome: 'alreadyExists',
	});
});

describe('a refusal with an odd body still says what it can', () => {
	it.each([
		['parameters that are null', { code: 3000, parameters: null }, 'HTTP 400, code 3000.'],
		[
			'a code beside a description of another kind',
			{ code: 3000, description: 7 },
			'HTTP 400, code 3000.',
		],
		['a text in JSON', '"Bad data"', 'HTTP 400, "Bad data".'],
		['a number', '17', 'HTTP 400.'],
		['nothing at all', null, 'HTTP 400.'],
	])('%s', async (_what, body, quoted) => {
		await expect(confirm({ status: 400, body })).rejects.toMatchObject({
			advice: expect.stringContaining(`Microsoft's answer: ${quoted}`),
		});
	});
});

it('a document that Partner Center does not have is explained, not taken for a customer', async () => {
	const link = ask([{ status: 404, body: { code: '1000' } }], (client) =>
		client.documents.getLink('117a77b0', 'nl-NL', 'NL', call),
	);
	await expect(link).rejects.toMatchObject({
		message: 'Partner Center did not find what was asked for',
	});
});

describe('lists in more than one page', () => {
	const next = (uri: string) => ({ links: { next: { uri, headers: [] } } });
	const sent = { ...confirmRequestBody, dateAgreed: confirmRequestBody.dateAgreed.slice(0, 19) };
	const other = { ...sent, primaryContact: { ...sent.primaryContact, firstName: 'Tanja' } };

	it('an own write on the second page is found', async () => {
		const uri = `/customers/${CONFIRM_CUSTOMER_ID}/agreements?seekOperation=Next`;
		const outcome = confirm(
			new NoAnswerError('ECONNRESET'),
			{ status: 409, body: alreadyExistsBody },
			{ status: 200, body: { totalCount: 2, items: [other], ...next(uri) } },
			{ status: 200, body: { totalCount: 2, items: [sent] } },
		);
		await expect(outcome).resolves.toMatchObject({ outcome: 'confirmed', reconciled: true });
	});

	it('agreements that are said to exist and can’t be read decide nothing', async () => {
		const outcome = confirm(
			new NoAnswerError('ECONNRESET'),
			{ status: 409, body: alreadyExistsBody },
			{ status: 200, body: { totalCount: 2, items: [other] } },
		);
		await expect(outcome).rejects.toMatchObject({ inDoubt: true });
	});

	it('templates are read to the last page', async () => {
		const template = { templateId: 't1', agreementType: 'MicrosoftCustomerAgreement' };
		const listed = ask(
			[
				{ status: 200, body: { items: [template], ...next('/agreements?seekOperation=Next') } },
				{ status: 200, body: { items: [{ ...template, templateId: 't2' }] } },
			],
			(client) => client.agreements.listTemplates('MicrosoftCustomerAgreement', call),
		);
		await expect(listed).resolves.toMatchObject([{ templateId: 't1' }, { templateId: 't2' }]);
	});
});

describe('agreements without a contact or a date', () => {
	const { templateId, primaryContact: contact } = confirmRequestBody;
	const undated = { templateId, primaryContact: { ...contact } };
	const bare = { templateId, dateAgreed: '2025-05-01T00:00:00Z' };

	it('count for the status by what there is of them', () => {
		const nobody = { firstName: '', lastName: '', email: '' };
		expect(agreementStatusOf([bare, undated], false).latest).toEqual({
			dateAgreed: '2025-05-01T00:00:00.000Z',
			...nobody,
		});
		expect(agreementStatusOf([undated, { templateId }], false)).toMatchObject({
			partnerConfirmed: true,
			needsAction: true,
			latest: { dateAgreed: null, firstName: contact.firstName },
		});
	});

	it('what is thrown for another reason is not taken for a missing relationship', () => {
		expect(isWithoutRelationship(new Error('20002'))).toBe(false);
		expect(isWithoutRelationship(undefined)).toBe(false);
	});
});

describe('templates without a type', () => {
	const choose = (items: object[], wanted?: string) =>
		ask([{ status: 200, body: { items } }], (client) => templatesOf(client).resolve(wanted, call));

	it('are not offered for an agreement', async () => {
		await expect(choose([{ templateId: 'a' }])).rejects.toThrow(/lists no template of type/);
	});

	it('where none is left to name, none is listed', async () => {
		await expect(choose([{ templateId: 'a' }], 'a')).resolves.toMatchObject({
			listed: [],
		});
	});
});
