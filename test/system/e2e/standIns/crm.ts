/**
 * HubSpot, Salesforce, Pipedrive and Dataverse as the sample workflows call them: they hold the records that are
 * pinned in those files, and take what is written.
 */
import { z } from 'zod';

import { sampleWorkflow } from '../../../../dev/n8n/sampleContent';
import type { Answer, Answers, Call } from './HttpsStandIn';

const pinSchema = z.object({
	pinData: z.record(z.array(z.object({ json: z.record(z.unknown()) }))),
});
type Json = Record<string, unknown>;

/** The items that a sample workflow has pinned to one of its nodes. */
export function pinned(file: string, node: string): Json[] {
	const items = pinSchema.parse(sampleWorkflow(file)).pinData[node];
	if (items === undefined) throw new Error(`${file} has nothing pinned to ${node}`);
	return items.map(({ json }) => json);
}

interface Route {
	method: string;
	/** Its group is the record's id. */
	path: RegExp;
	answer: (id: string, call: Call) => Answer | undefined;
}

const router =
	(routes: Route[]): Answers =>
	(call) => {
		for (const { method, path, answer } of routes) {
			const match = path.exec(call.path);
			if (match !== null && method === call.method) return answer(match[1] ?? '', call);
		}
		return undefined;
	};

const records = (found: Json[], id: (record: Json) => unknown) => (wanted: string) => {
	const body = found.find((record) => String(id(record)) === wanted);
	return body && { status: 200, body };
};

const HUBSPOT = 'hubspot-deal-won.json';
const SALESFORCE = 'salesforce-opportunity-won.json';
const DYNAMICS = 'dynamics-365-won.json';
const PIPEDRIVE = 'pipedrive-deal-won.json';

/** What Pipedrive's API v2 wraps a record in: https://developers.pipedrive.com/docs/api/v1 */
const inData = (found: Json[]) => (wanted: string) => {
	const data = found.find(({ id }) => String(id) === wanted);
	return data && { status: 200, body: { success: true, data } };
};

/** Each CRM's host, as the nodes and the workflow files have it. */
export const crmHosts: Record<string, Answers> = {
	'api.hubapi.com': router([
		{
			method: 'GET',
			path: /^\/deals\/v1\/deal\/(\d+)/,
			answer: records(pinned(HUBSPOT, 'Get Deal'), ({ dealId }) => dealId),
		},
		{
			method: 'GET',
			path: /^\/companies\/v2\/companies\/(\d+)/,
			answer: records(pinned(HUBSPOT, 'Get Company'), ({ companyId }) => companyId),
		},
		{
			method: 'GET',
			path: /^\/contacts\/v1\/contact\/vid\/(\d+)\/profile/,
			answer: records(pinned(HUBSPOT, 'Get Contact'), ({ vid }) => vid),
		},
		{
			method: 'PUT',
			path: /^\/deals\/v1\/deal\/(\d+)/,
			answer: (id) => ({ status: 200, body: { dealId: Number(id) } }),
		},
		{
			method: 'POST',
			path: /^\/engagements\/v1\/engagements/,
			answer: (_, { body }) => ({ status: 200, body }),
		},
	]),
	'api.pipedrive.com': router([
		{
			method: 'GET',
			path: /^\/api\/v2\/deals\/(\d+)$/,
			answer: inData(pinned(PIPEDRIVE, 'Get Deal')),
		},
		{
			method: 'GET',
			path: /^\/api\/v2\/organizations\/(\d+)$/,
			answer: inData(pinned(PIPEDRIVE, 'Get Organization')),
		},
		{
			method: 'GET',
			path: /^\/api\/v2\/persons\/(\d+)$/,
			answer: inData(pinned(PIPEDRIVE, 'Get Person')),
		},
		{
			method: 'PATCH',
			path: /^\/api\/v2\/deals\/(\d+)$/,
			answer: (id) => ({ status: 200, body: { success: true, data: { id: Number(id) } } }),
		},
		{
			method: 'POST',
			path: /^\/api\/v2\/activities$/,
			answer: (_, { body }) => ({
				status: 201,
				body: { success: true, data: { id: 1, ...(body as Json) } },
			}),
		},
	]),
	'sample.my.salesforce.com': router([
		{
			method: 'GET',
			path: /\/query\?q=([^&]*)/,
			answer: (query) => {
				const id = /WHERE Id = '(\w+)'/.exec(decodeURIComponent(query.replace(/\+/g, ' ')))?.[1];
				const found = pinned(SALESFORCE, 'Get Won Opportunity').filter(({ Id }) => Id === id);
				return { status: 200, body: { totalSize: found.length, done: true, records: found } };
			},
		},
		{
			method: 'PATCH',
			path: /\/sobjects\/opportunity\/(\w+)$/i,
			answer: () => ({ status: 204 }),
		},
		{
			method: 'POST',
			path: /\/sobjects\/task$/i,
			answer: () => ({ status: 201, body: { id: '00TQy00000X7a1IAR', success: true, errors: [] } }),
		},
	]),
	'yourorg.crm.dynamics.com': router([
		{
			method: 'GET',
			path: /\/opportunities\(([\w-]+)\)/,
			answer: records(pinned(DYNAMICS, 'Get Opportunity'), ({ opportunityid }) => opportunityid),
		},
		{ method: 'PATCH', path: /\/opportunities\(([\w-]+)\)$/, answer: () => ({ status: 204 }) },
		{ method: 'POST', path: /\/tasks$/, answer: () => ({ status: 204 }) },
		// Before it writes, n8n's Dataverse node asks which columns are lookups; nobody has to tell it.
		{
			method: 'GET',
			path: /\/EntityDefinitions\?/,
			answer: () => ({ status: 200, body: { value: [] } }),
		},
	]),
	'crm.example.com': router([
		{ method: 'GET', path: /\/deals\?/, answer: () => ({ status: 200, body: [] }) },
		{
			method: 'PATCH',
			path: /\/(?:deals|orders)\/(\d+)$/,
			answer: (id) => ({ status: 200, body: { id } }),
		},
		{ method: 'POST', path: /\/tasks$/, answer: () => ({ status: 201, body: { id: 1 } }) },
	]),
	'sample.halopsa.com': router([
		{
			method: 'POST',
			path: /^\/auth\/token/,
			answer: () => ({ status: 200, body: { access_token: 'token-of-halo' } }),
		},
		{
			method: 'GET',
			path: /^\/api\/tickets/,
			answer: () => ({ status: 200, body: { record_count: 0, tickets: [] } }),
		},
		{
			method: 'POST',
			path: /^\/api\/tickets/,
			answer: (_, { body }) => ({ status: 201, body: { id: 1, ...(body as [Json])[0] } }),
		},
	]),
};
