import { z } from 'zod';

import {
	MAX_PAGES,
	MAX_PAGES_WITHOUT_NEW_ITEMS,
	readAll,
	readPageAddress,
	readWhole,
} from '../../../nodes/MicrosoftPartnerCenter/client/paging';
import { Requester } from '../../../nodes/MicrosoftPartnerCenter/client/Requester';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import type { HttpRequest } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { CORRELATION_ID, REQUEST_ID } from '../../support/fixtures/documented';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { inWords } from '../../support/inWords';
import { clientOf } from '../../support/throttleClient';

const COLLECTION = '/v1/customers';
const header = (key: string, value = 'x') => ({ key, value });

describe('the link to the next page', () => {
	it.each([
		['/customers?size=3&seekOperation=Next', '/v1/customers?size=3&seekOperation=Next'],
		['/v1/customers?size=3', '/v1/customers?size=3'],
		['customers?size=3', '/v1/customers?size=3'],
		['https://api.partnercenter.microsoft.com/v1/customers?size=3', '/v1/customers?size=3'],
		['https://api.partnercenter.microsoft.com/customers?a=b?c', '/v1/customers?a=b?c'],
		['/customers', '/v1/customers'],
	])('%s is read as %s, below our own address', (uri, path) => {
		expect(readPageAddress({ uri }, COLLECTION)?.path).toBe(path);
	});

	it('of another host never leads there: only its path counts', () => {
		const address = readPageAddress(
			{ uri: 'https://attacker.example/v1/customers?x=1' },
			COLLECTION,
		);
		expect(address).toEqual({ path: '/v1/customers?x=1', headers: {} });
	});

	it.each([
		'/v1/agreements',
		'/v1/customers/../agreements',
		'/v1/customers/14876998-c0dc-46e6-9d0c-65a57a6c32ec',
		'/v1/customers%2f..?x',
		'//attacker.example/v1/customers',
		'/v1/customers?x=1#y',
		'',
	])('%s leads out of the collection and is not followed', (uri) => {
		expect(readPageAddress({ uri }, COLLECTION)).toBeUndefined();
	});

	it('brings its headers along, but none of the connection or the credential', () => {
		const headers = [
			header('MS-ContinuationToken', 'abc=='),
			...['Authorization', 'host', 'Cookie', 'Content-Length', 'MS-RequestId'].map((key) =>
				header(key),
			),
			header('X-Split', 'a\r\nAuthorization: b'),
			header('Bad Name'),
		];
		expect(readPageAddress({ uri: '/customers', headers }, COLLECTION)?.headers).toEqual({
			'MS-ContinuationToken': 'abc==',
		});
	});
});

interface Body {
	items: number[];
	links?: object;
}

interface Body {
	totalCount?: number;
}

function walk(pages: Array<Body | number[]> | ((number: number) => Body)) {
	const sent: HttpRequest[] = [];
	const clock = new SimulatedClock();
	const requester = new Requester({
		clock,
		throttle: clientOf(new Throttle(clock), 4),
		newId: () => REQUEST_ID,
		send: (request) => {
			sent.push(request);
			return Promise.resolve({
				status: 200,
				headers: {},
				body: Array.isArray(pages) ? (pages[sent.length - 1] ?? pages[0]) : pages(sent.length),
			});
		},
	});
	const call = { correlationId: CORRELATION_ID, timeout: 1000, maxRetries: 0 };
	const list = readAll(requester, '/v1/customers?size=2', z.number(), call);
	const collect = async () => {
		const all: number[] = [];
		const reading = async () => {
			for await (const one of list) all.push(one);
			return all;
		};
		return await inWords(reading());
	};
	const whole = async () =>
		(await inWords(readWhole(requester, '/v1/customers?size=2', { item: z.number(), call }))).items;
	return { sent, collect, whole };
}

const next = (token: string) => ({
	next: {
		uri: '/customers?size=2&seekOperation=Next',
		headers: [header('MS-ContinuationToken', token)],
	},
});

describe('a list', () => {
	it('is read to its end, each page with the headers of its link', async () => {
		const { sent, collect } = walk([
			{ items: [1, 2], links: next('a') },
			{ items: [3, 4], links: next('b') },
			{ items: [5], links: {} },
		]);
		expect(await collect()).toEqual([1, 2, 3, 4, 5]);
		expect(sent.map(({ headers }) => headers['MS-ContinuationToken'])).toEqual([
			undefined,
			'a',
			'b',
		]);
	});

	it('may be a bare array', async () => {
		expect(await walk([[1, 2]]).collect()).toEqual([1, 2]);
	});

	it('that leads back to a page is an error', async () => {
		const { collect, sent } = walk([{ items: [1], links: next('a') }]);
		await expect(collect()).rejects.toThrow(/leads back to a page/);
		expect(sent).toHaveLength(2);
	});

	it('whose link leads elsewhere is an error', async () => {
		const { collect } = walk([{ items: [1], links: { next: { uri: '/v1/agreements' } } }]);
		await expect(collect()).rejects.toThrow(/leads elsewhere/);
	});
});

describe('a list without an end', () => {
	it.each([
		['of empty pages', () => []],
		['of the same item', () => [1]],
	])('%s ends in words, though its token changes', async (_what, items) => {
		const { collect, sent } = walk((number) => ({ items: items(), links: next(`t${number}`) }));
		await expect(collect()).rejects.toThrow(/held nothing new/);
		expect(sent.length).toBeLessThanOrEqual(MAX_PAGES_WITHOUT_NEW_ITEMS + 1);
	});

	it('of new items ends after more pages than any partner has', async () => {
		const { collect, sent } = walk((number) => ({ items: [number], links: next(`t${number}`) }));
		await expect(collect()).rejects.toThrow(`has not ended after ${MAX_PAGES} pages`);
		expect(sent).toHaveLength(MAX_PAGES);
	});

	it('is none where empty pages lie between items', async () => {
		const { collect } = walk((number) => ({
			items: number % 100 === 0 ? [number] : [],
			links: number < 500 ? next(`t${number}`) : {},
		}));
		expect(await collect()).toEqual([100, 200, 300, 400, 500]);
	});
});

describe('a list that is read whole', () => {
	it('has the items of all its pages', async () => {
		const pages = [
			{ totalCount: 3, items: [1, 2], links: next('a') },
			{ totalCount: 3, items: [3] },
		];
		expect(await walk(pages).whole()).toEqual([1, 2, 3]);
	});

	it('may count the items of each page', async () => {
		const pages = [
			{ totalCount: 2, items: [1, 2], links: next('a') },
			{ totalCount: 1, items: [3] },
		];
		expect(await walk(pages).whole()).toEqual([1, 2, 3]);
	});

	it('that says it has more, and does not say where, is not taken for whole', async () => {
		await expect(walk([{ totalCount: 2, items: [1] }]).whole()).rejects.toThrow(
			'Partner Center sent 1 of the 2 entries of a list',
		);
	});
});
