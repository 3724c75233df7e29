// The node and the credential as they will be published: from dist, not from the sources.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

const DIST = join(__dirname, '../dist');
const load = createRequire(__filename);

interface BuiltPackage {
	node: INodeType;
	credentialType: ICredentialType;
}

/** @throws Error when the package is not built */
export function loadBuiltPackage(): BuiltPackage {
	const nodePath = join(DIST, 'nodes/MicrosoftPartnerCenter/MicrosoftPartnerCenter.node.js');
	const credentialPath = join(DIST, 'credentials/MicrosoftPartnerCenterOAuth2Api.credentials.js');
	if (!existsSync(nodePath) || !existsSync(credentialPath)) {
		throw new Error('The node is not built: run npm run build first');
	}
	const { MicrosoftPartnerCenter } = load(nodePath) as {
		MicrosoftPartnerCenter: new () => INodeType;
	};
	const { MicrosoftPartnerCenterOAuth2Api } = load(credentialPath) as {
		MicrosoftPartnerCenterOAuth2Api: new () => ICredentialType;
	};
	return {
		node: new MicrosoftPartnerCenter(),
		credentialType: new MicrosoftPartnerCenterOAuth2Api(),
	};
}
