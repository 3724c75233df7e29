/** The node and the credential as they will be published: from dist, not from the sources. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

const DIST = join(__dirname, '../../dist');
const CREDENTIALS = ['MicrosoftPartnerCenterOAuth2Api', 'MicrosoftPartnerCenterAppOnlyOAuth2Api'];
const load = createRequire(__filename);

interface BuiltPackage {
	node: INodeType;
	/** App+User and App-only. */
	credentialTypes: ICredentialType[];
}

/** @throws Error when the package is not built */
export function loadBuiltPackage(): BuiltPackage {
	const nodePath = join(DIST, 'nodes/MicrosoftPartnerCenter/MicrosoftPartnerCenter.node.js');
	const credentialPath = (name: string) => join(DIST, `credentials/${name}.credentials.js`);
	const paths = [nodePath, ...CREDENTIALS.map(credentialPath)];
	if (!paths.every((path) => existsSync(path))) {
		throw new Error('The node is not built: run npm run build first');
	}
	const { MicrosoftPartnerCenter } = load(nodePath) as {
		MicrosoftPartnerCenter: new () => INodeType;
	};
	const credentialTypes = CREDENTIALS.map((name) => {
		const types = load(credentialPath(name)) as Record<string, new () => ICredentialType>;
		const CredentialType = types[name];
		if (!CredentialType) throw new Error(`${name} is not in its file`);
		return new CredentialType();
	});
	return { node: new MicrosoftPartnerCenter(), credentialTypes };
}
