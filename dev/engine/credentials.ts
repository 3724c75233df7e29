/**
 * Credentials for a run: stored as n8n stores them, and decrypted by the same rules, without a database.
 */
import * as n8nWorkflow from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsHelper,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { getAdditionalKeys } from 'n8n-core';

import { EngineNodeTypes } from './nodeTypes';
import { oAuth2BaseProperties, PINNED_WHERE_HIDDEN } from './oauth2Base';

/** One stored credential: the fields as saved, expressions unresolved, with its `oauthTokenData`. */
export interface StoredCredential {
	type: string;
	data: ICredentialDataDecryptedObject;
}

/** One time that n8n saved new tokens after a refresh. */
export interface TokenWrite {
	id: string;
	oauthTokenData: unknown;
}

/** The credentials of an instance, by id, with what happened to them. */
export class CredentialStore {
	/** How often a credential was read for use. */
	decryptions = 0;

	/** Every time that refreshed tokens were saved, oldest first. */
	readonly tokenWrites: TokenWrite[] = [];

	constructor(private readonly entries: Record<string, StoredCredential>) {}

	/** Stores one more, or another in its place. */
	add(id: string, credential: StoredCredential): void {
		this.entries[id] = credential;
	}

	/** The stored fields of a credential; changing them changes what the next request uses. */
	data(id: string): ICredentialDataDecryptedObject {
		return this.entry(id).data;
	}

	/** The credential with this id, which must be of this type when one is named. */
	entry(id: string | null, type?: string): StoredCredential {
		const entry = this.entries[id ?? ''];
		if (!entry || (type !== undefined && entry.type !== type)) {
			throw new Error(`Credential with ID "${id}" does not exist for type "${type}".`);
		}
		return entry;
	}

	/** Saves the tokens that a refresh brought. */
	saveTokens(id: string, type: string, data: ICredentialDataDecryptedObject): void {
		const oauthTokenData: unknown = structuredClone(data.oauthTokenData);
		Object.assign(this.entry(id, type).data, { oauthTokenData });
		this.tokenWrites.push({ id, oauthTokenData });
	}
}

const mockNode: INode = {
	id: 'credential',
	name: 'credential',
	type: 'mock',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const mockNodeTypes = new EngineNodeTypes([], { name: '', nodes: [mockNode], connections: {} });

/** Whether the engine is n8n 2.x, by an export that only its n8n-workflow has. */
const isSecondMajor = 'getCredentialOwnRequestAllowedDomains' in n8nWorkflow;

/** n8n's credentials helper over a {@link CredentialStore}. */
export class EngineCredentialsHelper implements ICredentialsHelper {
	private readonly types: Map<string, ICredentialType>;

	constructor(
		credentialTypes: ICredentialType[],
		private readonly store: CredentialStore,
	) {
		this.types = new Map(credentialTypes.map((type) => [type.name, type]));
	}

	getParentTypes(name: string): string[] {
		const parents = this.types.get(name)?.extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		if (type === 'oAuth2Api') return oAuth2BaseProperties;
		const credentialType = this.types.get(type);
		if (!credentialType) throw new Error(`Unknown credential type "${type}"`);
		const properties: INodeProperties[] = [];
		for (const parent of credentialType.extends ?? []) {
			n8nWorkflow.NodeHelpers.mergeNodeProperties(
				properties,
				this.getCredentialsProperties(parent),
			);
		}
		n8nWorkflow.NodeHelpers.mergeNodeProperties(properties, credentialType.properties);
		return properties;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = structuredClone(this.store.entry(id, type).data);
		this.store.decryptions++;
		if (raw === true || !this.types.has(type)) return stored;
		return await this.resolveExpressions(additionalData, this.withDefaults(type, stored), mode);
	}

	async authenticate(
		_credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return requestOptions;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Credentials are not encrypted here');
	}

	async updateCredentials(
		{ id }: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		Object.assign(this.store.entry(id, type).data, structuredClone(data));
	}

	async updateCredentialsOauthTokenData(
		{ id }: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.store.saveTokens(id ?? '', type, data);
	}

	/** Defaults for what is not stored; token data is kept whatever the fields say. */
	private withDefaults(
		type: string,
		stored: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		const hidden = new Set(
			properties.filter(({ type: kind }) => kind === 'hidden').map(({ name }) => name),
		);
		const pinned = (field: string) =>
			isSecondMajor && PINNED_WHERE_HIDDEN.includes(field) && hidden.has(field);
		const values = Object.fromEntries(Object.entries(stored).filter(([field]) => !pinned(field)));
		const data = n8nWorkflow.NodeHelpers.getNodeParameters(
			properties,
			values as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (stored.oauthTokenData !== undefined) data.oauthTokenData = stored.oauthTokenData;
		return data;
	}

	/** `={{ $self["tenantId"] }}` and the like, with the credential's other fields as `$self`. */
	private async resolveExpressions(
		additionalData: IWorkflowExecuteAdditionalData,
		data: ICredentialDataDecryptedObject,
		mode: WorkflowExecuteMode,
	): Promise<ICredentialDataDecryptedObject> {
		const { expression } = new n8nWorkflow.Workflow({
			nodes: [mockNode],
			connections: {},
			active: false,
			nodeTypes: mockNodeTypes,
		});
		// only 2.x evaluates expressions in an isolate
		await expression.acquireIsolate?.();
		try {
			return expression.getComplexParameterValue(
				mockNode,
				data as INodeParameters,
				mode,
				getAdditionalKeys(additionalData, mode, null),
				undefined,
				undefined,
				data,
			) as ICredentialDataDecryptedObject;
		} finally {
			await expression.releaseIsolate?.();
		}
	}
}
