/** Whether a customer accepted by itself, without the partner. */
import {
	ALPINE_WITHOUT_RELATIONSHIP,
	CONTOSO,
	FABRIKAM,
	TREY_DIRECTLY_SIGNED,
	UNKNOWN_CUSTOMER,
	emulatorForThisFile,
	json,
} from './support/emulator';
import { documented } from './support/fixtures';

const harness = emulatorForThisFile();
const status = async (customerId: string) =>
	await harness.call({
		url: `/v1/customers/${customerId}/directSignedMicrosoftCustomerAgreementStatus`,
	});

test('a customer that accepted by itself has the documented status', async () => {
	const answer = await status(TREY_DIRECTLY_SIGNED);
	expect(answer.status).toBe(200);
	expect(answer.data).toBe(JSON.stringify(documented.directSignedStatus));
});

test.each([CONTOSO, FABRIKAM])('a customer that did not has not signed: %s', async (id) => {
	expect(json(await status(id))).toEqual({ isSigned: false });
});

test('what the customer accepted itself is not among what the partner confirmed', async () => {
	const answer = await harness.agreements(TREY_DIRECTLY_SIGNED, '*');
	expect(json(answer)).toEqual({ totalCount: 0, items: [] });
});

test('a customer may have both', async () => {
	await harness.confirm(TREY_DIRECTLY_SIGNED, documented.confirmRequest);
	expect(json(await status(TREY_DIRECTLY_SIGNED))).toEqual({ isSigned: true });
	expect(json(await harness.agreements(TREY_DIRECTLY_SIGNED))).toMatchObject({ totalCount: 1 });
});

test.each([
	['no-guid', 400, 900118],
	[UNKNOWN_CUSTOMER, 404, 1000],
	[ALPINE_WITHOUT_RELATIONSHIP, 403, 20002],
])('of %s it is refused with %d', async (id, expected, code) => {
	const answer = await status(id);
	expect(answer.status).toBe(expected);
	expect(json(answer)).toMatchObject({ code });
});
