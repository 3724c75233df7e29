/**
 * n8n's own credential type `oAuth2Api`, which every OAuth2 credential extends: the fields that decide a run.
 */
import type { INodeProperties } from 'n8n-workflow';

const notDynamic = { useDynamicClientRegistration: [false] };
const withBrowser = { grantType: ['authorizationCode', 'pkce'], ...notDynamic };
const bodyOfClientCredentials = {
	grantType: ['clientCredentials'],
	authentication: ['body'],
	...notDynamic,
};

type Fact = Pick<INodeProperties, 'name' | 'type' | 'default'> & {
	show?: Record<string, Array<string | boolean>>;
	options?: string[];
	doNotInherit?: true;
};

const FACTS: Fact[] = [
	{ name: 'useDynamicClientRegistration', type: 'hidden', default: false },
	{
		name: 'grantType',
		type: 'options',
		default: 'authorizationCode',
		show: notDynamic,
		options: ['authorizationCode', 'clientCredentials', 'pkce'],
	},
	{
		name: 'serverUrl',
		type: 'string',
		default: '',
		show: { useDynamicClientRegistration: [true] },
	},
	{ name: 'authUrl', type: 'string', default: '', show: withBrowser },
	{ name: 'accessTokenUrl', type: 'string', default: '', show: notDynamic },
	{ name: 'clientId', type: 'string', default: '', show: notDynamic },
	{ name: 'clientSecret', type: 'string', default: '', show: notDynamic },
	{ name: 'scope', type: 'string', default: '', show: notDynamic },
	{ name: 'authQueryParameters', type: 'string', default: '', show: withBrowser },
	{
		name: 'authentication',
		type: 'options',
		default: 'header',
		show: notDynamic,
		options: ['body', 'header'],
	},
	{
		name: 'sendAdditionalBodyProperties',
		type: 'boolean',
		default: false,
		show: bodyOfClientCredentials,
	},
	{
		name: 'additionalBodyProperties',
		type: 'json',
		default: '',
		show: { ...bodyOfClientCredentials, sendAdditionalBodyProperties: [true] },
	},
	{ name: 'ignoreSSLIssues', type: 'boolean', default: false, doNotInherit: true },
	{ name: 'oauthTokenData', type: 'json', default: {} },
];

/** The fields of `oAuth2Api` and, as n8n adds it, the token data beside them. */
export const oAuth2BaseProperties: INodeProperties[] = FACTS.map(
	({ show, options, ...property }) => ({
		displayName: property.name,
		...property,
		...(show && { displayOptions: { show } }),
		...(options && { options: options.map((value) => ({ name: value, value })) }),
	}),
);

/**
 * Fields whose stored value n8n 2.x ignores where a credential type hides them: the type's own
 * default wins.
 */
export const PINNED_WHERE_HIDDEN = [
	'useDynamicClientRegistration',
	'authUrl',
	'accessTokenUrl',
	'grantType',
	'authentication',
	'usePkce',
	'requestTokenUrl',
	'signatureMethod',
];
