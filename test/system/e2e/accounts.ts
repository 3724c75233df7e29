/**
 * Credentials for the nodes around ours, such as a person has them who uses the sample workflows:
 * imported into n8n, and chosen in every node that asks for one.
 */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { ImportableCredential, ImportableWorkflow } from '../../../dev/n8n/sampleContent';

/** What a caller of the webhooks has to send. */
export const HEADER = { name: 'X-Sample-Key', value: 'key-of-the-caller' };
/** Who may open the form. */
export const FORM_USER = { user: 'csp-desk', password: 'of-the-form' };

const signedIn = (more: IDataObject = {}): IDataObject => ({
	clientId: 'app',
	clientSecret: 'secret-of-the-app',
	oauthTokenData: { access_token: 'token-of-a-crm', token_type: 'Bearer', ...more },
});

/** One credential for each type that the sample workflows ask for. */
export function accounts(smtpPort: number): Array<ImportableCredential & { data: IDataObject }> {
	const data: Record<string, IDataObject> = {
		hubspotOAuth2Api: signedIn(),
		salesforceOAuth2Api: signedIn({ instance_url: 'https://sample.my.salesforce.com' }),
		microsoftDynamicsOAuth2Api: {
			...signedIn(),
			subdomain: 'yourorg',
			region: 'crm.dynamics.com',
		},
		pipedriveOAuth2Api: signedIn(),
		microsoftDataverseOAuth2Api: {
			...signedIn(),
			tenantId: 'common',
			environmentUrl: 'https://yourorg.crm.dynamics.com',
		},
		haloPSAApi: {
			hostingType: 'hostedHalo',
			authUrl: 'https://sample.halopsa.com/auth',
			resourceApiUrl: 'https://sample.halopsa.com/api',
			client_id: 'app',
			client_secret: 'secret-of-the-app',
			tenant: 'sample',
			scope: 'all',
		},
		oAuth2Api: { ...signedIn(), grantType: 'clientCredentials' },
		httpHeaderAuth: HEADER,
		httpBasicAuth: FORM_USER,
		smtp: { host: '127.0.0.1', port: smtpPort, secure: false, disableStartTls: true },
	};
	return Object.entries(data).map(([type, content]) => ({ ...named(type), type, data: content }));
}

const named = (type: string) => ({ id: type.slice(0, 16), name: `Sample ${type}` });

const parametersSchema = z
	.object({
		authentication: z.string(),
		nodeCredentialType: z.string(),
		genericAuthType: z.string(),
	})
	.partial();

/** Which credential a node of n8n's own asks for; undefined: none that a sample needs. */
function askedFor(type: string, parameters: unknown): string | undefined {
	const { authentication, nodeCredentialType, genericAuthType } =
		parametersSchema.parse(parameters);
	if (nodeCredentialType !== undefined) {
		// This package's own are chosen where the workflow is imported.
		return /^microsoftPartnerCenter/.test(nodeCredentialType) ? undefined : nodeCredentialType;
	}
	if (genericAuthType !== undefined) return genericAuthType;
	if (authentication === 'headerAuth') return 'httpHeaderAuth';
	if (authentication === 'basicAuth') return 'httpBasicAuth';
	const byType: Record<string, string> = {
		'n8n-nodes-base.hubspot': 'hubspotOAuth2Api',
		'n8n-nodes-base.salesforce': 'salesforceOAuth2Api',
		'n8n-nodes-base.emailSend': 'smtp',
		'n8n-nodes-base.emailSendHitlTool': 'smtp',
		'n8n-nodes-base.pipedrive': 'pipedriveOAuth2Api',
		'n8n-nodes-base.microsoftDataverse': 'microsoftDataverseOAuth2Api',
		'n8n-nodes-base.haloPSA': 'haloPSAApi',
	};
	return byType[type];
}

/** The workflow with a credential chosen in each of n8n's nodes that needs one; no more is changed. */
export function withAccounts<
	N extends { type: string; parameters?: unknown },
	W extends { nodes: N[] },
>(workflow: W): W {
	const nodes = workflow.nodes.map((node) => {
		const type = askedFor(node.type, node.parameters);
		return type === undefined ? node : { ...node, credentials: { [type]: named(type) } };
	});
	return { ...workflow, nodes };
}

/** The workflow with a second in place of each wait of days; no more is changed. */
export function withShortWaits(workflow: ImportableWorkflow): ImportableWorkflow {
	const nodes = workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-base.wait'
			? { ...node, parameters: { amount: 1, unit: 'seconds' } }
			: node,
	);
	return { ...workflow, nodes };
}

/** The name of the node that a workflow starts with. */
export function triggerOf({ name, nodes }: ImportableWorkflow): string {
	const trigger = nodes.find(({ type }) => /trigger$|\.webhook$/i.test(type));
	if (trigger === undefined) throw new Error(`${name} has no trigger`);
	return trigger.name;
}
