/** What becomes of a confirmation: written or not, on which output, and what others learn of it. */
import type { IDataObject } from 'n8n-workflow';

import type {
	AlreadyExists,
	Confirmation,
	Confirmed,
	ConfirmOptions,
} from '../../../../nodes/MicrosoftPartnerCenter/client/Agreements';
import { PartnerCenterError } from '../../../../nodes/MicrosoftPartnerCenter/client/errors';
import type { Agreement } from '../../../../nodes/MicrosoftPartnerCenter/client/schemas';
import type { CustomerState } from '../../../../nodes/MicrosoftPartnerCenter/n8n/customerState';
import { EarlierTries } from '../../../../nodes/MicrosoftPartnerCenter/n8n/earlierTries';
import { ConfirmDecider } from '../../../../nodes/MicrosoftPartnerCenter/resources/customerAgreement/confirm.decide';
import { callContext } from '../../../support/callContext';
import { executionContext } from '../../../support/n8nContext';

const CONFIRMED = 0;
const ALREADY_EXISTS = 1;
const ids = { requestId: 'r', correlationId: 'c' };
const call = { correlationId: 'c', timeout: 1_000, maxRetries: 0 };

const confirmationOf = (
	firstName = 'Tania',
	dateAgreed = '2026-11-20T00:00:00Z',
): Confirmation => ({
	customerId: '00000000-0000-4000-8000-000000000001',
	agreement: {
		primaryContact: { firstName, lastName: 'Carr', email: 'tania@contoso.example' },
		templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
		dateAgreed,
		type: 'MicrosoftCustomerAgreement',
	},
	extraBody: {},
});
const listed = ({ agreement }: Confirmation): Agreement => ({
	...agreement,
	primaryContact: { ...agreement.primaryContact },
});

const ofCall = callContext({ ids, ofCustomer: true });

const inDoubt = () =>
	new PartnerCenterError({
		kind: 'unexpected',
		cause: 'reset',
		call: { ...ofCall, inDoubt: true },
	});

/** A customer with these agreements; each write is answered by the next of the answers. */
function customerWith(agreements: Agreement[] = []) {
	const data: IDataObject = {};
	const context = executionContext({
		getNode: () => ({ retryOnFail: true }),
		getContext: () => data,
		evaluateExpression: () => 0,
	});
	const written: Array<{ confirmation: Confirmation; options: ConfirmOptions }> = [];
	const answers: Array<Error | Confirmed | AlreadyExists> = [];
	const looks = { count: 0, fails: false };
	const forgetIfOutdated = jest.fn(async () => undefined);
	const customerState: CustomerState = { known: new Set(), confirmed: [] };

	/** One try of the node; "Retry On Fail" makes another one. */
	const nextTry = () => {
		const decider = new ConfirmDecider({
			agreements: {
				list: async () => {
					looks.count += 1;
					if (looks.fails) throw new Error('no answer');
					return { agreements, ...ids };
				},
				confirm: async (confirmation, options) => {
					written.push({ confirmation, options });
					const answer = answers.shift() ?? confirmed(confirmation);
					if (answer instanceof Error) throw answer;
					return answer;
				},
			},
			templates: { forgetIfOutdated },
			earlierTries: new EarlierTries(context),
		});
		const decide = async (
			confirmation: Confirmation,
			choices: { checkFirst?: boolean; dryRun?: boolean; includeExisting?: boolean } = {},
			number = 0,
		) =>
			await decider.decide(confirmation, {
				number,
				call,
				choices: { checkFirst: false, dryRun: false, includeExisting: true, ...choices },
				customerState,
			});
		return { decide, counts: decider.counts };
	};
	return { nextTry, answers, written, looks, customerState, forgetIfOutdated, agreements };
}

const confirmed = (confirmation: Confirmation): Confirmed => ({
	outcome: 'confirmed',
	agreement: listed(confirmation),
	reconciled: false,
	...ids,
});
const refusedAsDuplicate: AlreadyExists = {
	outcome: 'alreadyExists',
	facts: { status: 400, code: '600061' },
	...ids,
};

describe('a write', () => {
	it('that is recorded comes out on Confirmed, and the process knows of it', async () => {
		const { nextTry, customerState, looks } = customerWith();
		const { decide, counts } = nextTry();
		const { output, json } = await decide(confirmationOf());
		expect([output, json.outcome, looks.count]).toEqual([CONFIRMED, 'confirmed', 0]);
		expect(json).not.toHaveProperty('reconciled');
		expect(counts).toMatchObject({ confirmed: 1, alreadyExists: 0 });
		expect(customerState.confirmed).toEqual([confirmationOf().agreement]);
	});

	it('of what is there already comes out with the agreement that stands in the way', async () => {
		const existing = listed(confirmationOf());
		const { nextTry, answers } = customerWith([existing]);
		answers.push(refusedAsDuplicate);
		const { decide, counts } = nextTry();
		const { output, json } = await decide(confirmationOf());
		expect(output).toBe(ALREADY_EXISTS);
		expect(json).toMatchObject({ outcome: 'alreadyExists', existingAgreement: existing });
		expect(counts).toMatchObject({ confirmed: 0, alreadyExists: 1 });
	});

	it('of what is there already needs no second request where nobody wants to see it', async () => {
		const { nextTry, answers, looks } = customerWith();
		answers.push(refusedAsDuplicate);
		const { json } = await nextTry().decide(confirmationOf(), { includeExisting: false });
		expect([looks.count, 'existingAgreement' in json]).toEqual([0, false]);
	});

	it('of what is there already is known, also where the agreement can not be read', async () => {
		const { nextTry, answers, looks } = customerWith();
		answers.push(refusedAsDuplicate);
		looks.fails = true;
		const { output, json } = await nextTry().decide(confirmationOf());
		expect([output, json.existingAgreement]).toEqual([ALREADY_EXISTS, null]);
	});

	it('that fails is thrown, and may have used an outdated template', async () => {
		const { nextTry, answers, forgetIfOutdated } = customerWith();
		const error = inDoubt();
		answers.push(error);
		await expect(nextTry().decide(confirmationOf())).rejects.toBe(error);
		expect(forgetIfOutdated).toHaveBeenCalledWith(error);
	});

	it('learns while it is under way what others confirm', async () => {
		const { nextTry, written, customerState } = customerWith();
		await nextTry().decide(confirmationOf());
		const { options } = written[0] ?? { options: {} as ConfirmOptions };
		expect(options).toMatchObject({ ...call, hasUnansweredTry: false });
		const other = confirmationOf('Rec').agreement;
		customerState.confirmed.push(other);
		expect(options.isKnownToExist?.()).toBe(true);
		expect(options.otherConfirmations?.()).toContain(other);
	});
});

describe('the next try of the node', () => {
	it('writes nothing again that was confirmed, and brings it out the same way', async () => {
		const { nextTry, written } = customerWith();
		const first = await nextTry().decide(confirmationOf());
		const { decide, counts } = nextTry();
		await expect(decide(confirmationOf())).resolves.toEqual(first);
		expect([written.length, counts.confirmed]).toEqual([1, 1]);
	});

	it('repeats what went unanswered as it was sent, also where the date has moved since', async () => {
		const { nextTry, answers, written } = customerWith();
		answers.push(inDoubt());
		await nextTry()
			.decide(confirmationOf('Tania', '2026-11-20T00:00:00Z'))
			.catch(() => undefined);
		await nextTry().decide(confirmationOf('Tania', '2026-11-21T00:00:00Z'));
		expect(written[1]).toMatchObject({
			confirmation: { agreement: { dateAgreed: '2026-11-20T00:00:00Z' } },
			options: { hasUnansweredTry: true },
		});
	});

	it('writes another contact of the same item anew', async () => {
		const { nextTry, written } = customerWith();
		await nextTry().decide(confirmationOf('Tania'));
		await nextTry().decide(confirmationOf('Rec'));
		expect(written).toHaveLength(2);
		expect(written[1]?.options.hasUnansweredTry).toBe(false);
	});

	it('forgets a write that was refused for certain', async () => {
		const { nextTry, answers, written } = customerWith();
		answers.push(new PartnerCenterError({ kind: 'refused', facts: { status: 400 }, call: ofCall }));
		await nextTry()
			.decide(confirmationOf())
			.catch(() => undefined);
		await nextTry().decide(confirmationOf());
		expect(written[1]?.options.hasUnansweredTry).toBe(false);
	});

	it('finds its own unanswered write, where it looks first', async () => {
		const { nextTry, answers, written, agreements } = customerWith();
		answers.push(inDoubt());
		await nextTry()
			.decide(confirmationOf())
			.catch(() => undefined);
		agreements.push(listed(confirmationOf()));
		const { output, json } = await nextTry().decide(confirmationOf(), { checkFirst: true });
		expect([output, json.reconciled, written.length]).toEqual([CONFIRMED, true, 1]);
	});

	it('takes an agreement that another item confirmed for no write of its own', async () => {
		const { nextTry, answers, agreements } = customerWith();
		answers.push(inDoubt());
		await nextTry()
			.decide(confirmationOf())
			.catch(() => undefined);
		const second = nextTry();
		await second.decide(confirmationOf(), {}, 1);
		agreements.push(listed(confirmationOf()));
		const { output } = await second.decide(confirmationOf(), { checkFirst: true });
		expect(output).toBe(ALREADY_EXISTS);
	});

	it('claims no agreement that was known to exist before', async () => {
		const { nextTry, answers, agreements } = customerWith();
		answers.push(inDoubt(), refusedAsDuplicate);
		const first = nextTry();
		await first.decide(confirmationOf()).catch(() => undefined);
		await first.decide(confirmationOf(), {}, 1);
		agreements.push(listed(confirmationOf()));
		const { output } = await nextTry().decide(confirmationOf(), { checkFirst: true });
		expect(output).toBe(ALREADY_EXISTS);
	});
});

describe('Check First', () => {
	it('writes nothing where an identical agreement is listed', async () => {
		const existing = listed(confirmationOf());
		const { nextTry, written } = customerWith([existing]);
		const { output, json } = await nextTry().decide(confirmationOf(), { checkFirst: true });
		expect([output, written.length]).toEqual([ALREADY_EXISTS, 0]);
		expect(json).toMatchObject({ code: null, existingAgreement: existing });
	});

	it('shows the agreement only where somebody wants to see it', async () => {
		const { nextTry } = customerWith([listed(confirmationOf())]);
		const choices = { checkFirst: true, includeExisting: false };
		const { json } = await nextTry().decide(confirmationOf(), choices);
		expect(json).not.toHaveProperty('existingAgreement');
	});

	it('writes where only others are listed', async () => {
		const { nextTry, written } = customerWith([listed(confirmationOf('Rec'))]);
		const { output } = await nextTry().decide(confirmationOf(), { checkFirst: true });
		expect([output, written.length]).toEqual([CONFIRMED, 1]);
	});

	it('that can not look writes nothing', async () => {
		const { nextTry, written, looks } = customerWith();
		looks.fails = true;
		const attempt = nextTry().decide(confirmationOf(), { checkFirst: true });
		await expect(attempt).rejects.toThrow('no answer');
		expect(written).toHaveLength(0);
	});
});

describe('a dry run', () => {
	it('says which way each item would go, writes nothing and leaves nothing known', async () => {
		const { nextTry, written, customerState } = customerWith([listed(confirmationOf('Rec'))]);
		const { decide, counts } = nextTry();
		const dry = { dryRun: true };
		const would = await decide(confirmationOf('Tania'), dry, 0);
		const repeated = await decide(confirmationOf('Tania'), dry, 1);
		const exists = await decide(confirmationOf('Rec'), dry, 2);
		expect([would, repeated, exists].map(({ output, json }) => [output, json.outcome])).toEqual([
			[CONFIRMED, 'wouldConfirm'],
			[ALREADY_EXISTS, 'wouldAlreadyExist'],
			[ALREADY_EXISTS, 'wouldAlreadyExist'],
		]);
		expect(repeated.json.existingAgreement).toBeNull();
		expect(counts).toEqual({ confirmed: 0, alreadyExists: 0, wouldConfirm: 1, wouldExist: 2 });
		expect([written.length, customerState.known.size, customerState.confirmed.length]).toEqual([
			0, 0, 0,
		]);
	});

	it('shows the additional fields that would be sent, apart from the item’s own', async () => {
		const { nextTry } = customerWith();
		const confirmation = { ...confirmationOf(), extraBody: { outcome: 'x' } };
		const { json } = await nextTry().decide(confirmation, { dryRun: true });
		expect(json).toMatchObject({
			outcome: 'wouldConfirm',
			additionalBodyFields: { outcome: 'x' },
		});
	});
});
