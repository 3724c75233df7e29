/** Which template an agreement is made from, and who knows it. */
import { PartnerCenterError } from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import type { AgreementTemplate } from '../../../nodes/MicrosoftPartnerCenter/client/schemas';
import { SharedLookup } from '../../../nodes/MicrosoftPartnerCenter/client/SharedLookup';
import { clientThatGets, type Answer } from '../../support/clientThatGets';
import {
	confirmRequestBody,
	CORRELATION_ID,
	metadataResponseBody,
} from '../../support/fixtures/documented';
import { inWords } from '../../support/inWords';
import { HOUR_MS, templatesOf } from '../../support/templatesOf';

const call = {
	correlationId: CORRELATION_ID,
	timeout: 60_000,
	maxRetries: 0,
	maxRateLimitWait: 0,
};

describe('the template', () => {
	const template = (templateId: string, versionRank: number, agreementType?: string) => ({
		...metadataResponseBody.items[0],
		templateId,
		versionRank,
		...(agreementType === undefined ? {} : { agreementType }),
	});
	const chooser = (items: object[]) => {
		const { client, sent } = clientThatGets({ body: { items } });
		const templates = templatesOf(client);
		const choose = async (wanted: string | undefined, options: typeof call) =>
			await inWords(templates.resolve(wanted, options));
		return { sent, choose };
	};

	it('is the documented one', async () => {
		const { choose } = chooser(metadataResponseBody.items);
		await expect(choose(undefined, call)).resolves.toEqual({
			templateId: confirmRequestBody.templateId,
		});
	});

	it('is the one with the highest rank, also where ranks are text', async () => {
		const items = [template('a', 1), { ...template('b', 0), versionRank: '10' }, template('c', 9)];
		await expect(chooser(items).choose(undefined, call)).resolves.toEqual({ templateId: 'b' });
	});

	it('is asked for once, however many ask', async () => {
		const { choose, sent } = chooser(metadataResponseBody.items);
		await Promise.all([choose(undefined, call), choose(undefined, call)]);
		await choose(undefined, call);
		expect(sent).toHaveLength(1);
	});

	it('of another agreement type is refused: it would make another kind of agreement', async () => {
		const items = [template('a', 1), template('cloud', 2, 'MicrosoftCloudAgreement')];
		const { choose } = chooser(items);
		await expect(choose(undefined, call)).resolves.toEqual({ templateId: 'a' });
		await expect(choose('cloud', call)).resolves.toEqual({ listed: ['a'] });
	});

	it('reads the type under its other name', async () => {
		const { templateId } = confirmRequestBody;
		const { choose } = chooser([{ templateId, type: 'MicrosoftCustomerAgreement' }]);
		await expect(choose(undefined, call)).resolves.toHaveProperty('templateId');
	});

	it('that does not exist is explained', async () => {
		await expect(chooser([]).choose(undefined, call)).rejects.toThrow(/no template/);
	});

	describe('that everybody with the same credential knows', () => {
		const known = metadataResponseBody.items;
		const newer = [template('newer', 5)];
		const stage = (...answers: Answer[]) => {
			const { client, sent, clock } = clientThatGets(...answers);
			const lookup = new SharedLookup<AgreementTemplate[]>(clock, HOUR_MS);
			const execution = () => templatesOf(client, clock, lookup);
			return { sent, clock, execution };
		};

		it('is looked up by the first execution only', async () => {
			const { sent, execution } = stage({ body: { items: known } });
			await execution().resolve(undefined, call);
			await execution().resolve(undefined, call);
			expect(sent).toHaveLength(1);
		});

		it('is looked up anew where a confirmation is refused and an outdated one may be why', async () => {
			const { sent, clock, execution } = stage(
				{ body: { items: known } },
				{ body: { items: newer } },
			);
			await execution().resolve(undefined, call);
			const refusedWith = (status: number) =>
				new PartnerCenterError({ kind: 'documentRefused', status });
			const refusal = refusedWith(400);
			await execution().forgetIfOutdated(refusal);
			await execution().resolve(undefined, call);
			expect(sent).toHaveLength(1);
			await clock.run(clock.after(120_000));
			await execution().forgetIfOutdated(refusedWith(503));
			await execution().forgetIfOutdated(refusedWith(403));
			await execution().resolve(undefined, call);
			expect(sent).toHaveLength(1);
			await execution().forgetIfOutdated(refusal);
			await expect(execution().resolve(undefined, call)).resolves.toEqual({ templateId: 'newer' });
		});

		it('given by hand is looked for again before it is called unknown', async () => {
			const { clock, execution } = stage({ body: { items: known } }, { body: { items: newer } });
			await execution().resolve(undefined, call);
			await clock.run(clock.after(120_000));
			await expect(execution().resolve('newer', call)).resolves.toEqual({ templateId: 'newer' });
		});

		it('is not known where none was listed, or the look-up failed', async () => {
			const { sent, execution } = stage(
				{ body: { items: [] } },
				{ status: 503 },
				{ body: { items: known } },
			);
			await expect(inWords(execution().resolve(undefined, call))).rejects.toThrow(/no template/);
			await expect(inWords(execution().resolve(undefined, call))).rejects.toThrow(
				/could not process/,
			);
			await expect(execution().resolve(undefined, call)).resolves.toHaveProperty('templateId');
			expect(sent).toHaveLength(3);
		});
	});
});
