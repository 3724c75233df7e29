/**
 * n8n's own nodes and credential types, from the files of n8n-nodes-base that `npm run engines` brings.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';

const PREFIX = 'n8n-nodes-base.';

/** What n8n-nodes-base's `dist/known/*.json` hold: where the class of each type is. */
type Known = Record<string, { className: string; sourcePath: string }>;
type Load = (file: string) => Record<string, new () => unknown>;

/**
 * n8n's own nodes of one major, loaded when a workflow names them. The files have to lie beside the
 * engine that runs them, so that both have the same n8n-workflow.
 */
export class N8nNodes {
	private readonly nodes: Known;

	private readonly credentials: Known;

	private readonly loaded = new Map<string, INodeType | IVersionedNodeType>();

	private constructor(
		private readonly folder: string,
		private readonly load: Load,
	) {
		const known = (kind: string) =>
			JSON.parse(readFileSync(join(folder, `dist/known/${kind}.json`), 'utf8')) as Known;
		this.nodes = known('nodes');
		this.credentials = known('credentials');
	}

	/**
	 * @param folder for instance `dev/hosts/engines/n8n-2/nodes`
	 * @param load takes the place of Node's `require`, where a test runner has its own
	 * @returns undefined when the folder is not installed
	 */
	static in(folder: string, load: Load = createRequire(__filename)): N8nNodes | undefined {
		const installed = existsSync(join(folder, 'installed.stamp'));
		return installed ? new N8nNodes(folder, load) : undefined;
	}

	/** Whether this is a node of n8n's own whose files are here. */
	has(type: string): boolean {
		return this.fileOf(type) !== undefined;
	}

	/** The node of this type; without a version the newest. */
	get(type: string, version?: number): INodeType | undefined {
		const file = this.fileOf(type);
		if (file === undefined) return undefined;
		let node = this.loaded.get(type);
		if (node === undefined) {
			node = this.create<INodeType | IVersionedNodeType>(
				file,
				this.nodes[type.slice(PREFIX.length)],
			);
			this.loaded.set(type, node);
		}
		return 'nodeVersions' in node ? node.getNodeType(version) : node;
	}

	/** The credential types with these names, and those that they extend but n8n's `oAuth2Api`. */
	credentialTypes(names: string[]): ICredentialType[] {
		return names
			.filter((name) => name !== 'oAuth2Api')
			.flatMap((name) => {
				const known = this.credentials[name];
				const file = known && join(this.folder, known.sourcePath);
				if (file === undefined) throw new Error(`n8n has no credential type "${name}"`);
				const type = this.create<ICredentialType>(file, known);
				return [type, ...this.credentialTypes(type.extends ?? [])];
			});
	}

	private fileOf(type: string): string | undefined {
		if (!type.startsWith(PREFIX)) return undefined;
		const known = this.nodes[type.slice(PREFIX.length)];
		const file = known && join(this.folder, known.sourcePath);
		return file !== undefined && existsSync(file) ? file : undefined;
	}

	private create<T>(file: string, known?: Known[string]): T {
		const Type = this.load(file)[known?.className ?? ''];
		if (!Type) throw new Error(`${file} has no ${known?.className}`);
		return new Type() as T;
	}
}
