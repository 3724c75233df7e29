/** What `npm test` is made of, in the order in which its layers are started. */

export interface Layer {
	name: string;
	/** As it would be typed; the name of a jest project, for most. */
	command: string;
	/** Layers that have to have passed before. */
	after: readonly string[];
	/** How much of a core it keeps busy: some wait more than they work. */
	share: number;
}

const project = (name: string, share = 1, after: readonly string[] = []): Layer => ({
	name,
	command: `jest --selectProjects ${name} --forceExit --maxWorkers=1`,
	after,
	share,
});
const command = (name: string, typed: string, share = 1, after: readonly string[] = []): Layer => ({
	name,
	command: typed,
	after,
	share,
});

const build = ['build'];
const engines = ['build', 'engines'];

/** What says most in the least time is first; then what takes longest, so that nothing is left at the end. */
export const LAYERS: readonly Layer[] = [
	command('build', 'gulp build'),
	command('engines', 'node dev/hosts/engines/install.mjs', 0.5),
	command('types', 'npm run --silent typecheck'),
	command('lint', 'npm run --silent lint'),
	project('browser', 0.3),
	command('package', 'npm run --silent test:package', 0.5, build),
	project('n8n-1', 0.9, engines),
	project('n8n-2', 0.9, engines),
	project('unit'),
	project('start', 0.8, build),
	project('docs', 0.8, engines),
	project('chaos-n8n-1', 0.4, engines),
	project('chaos-n8n-2', 0.4, engines),
	project('contract'),
	command('scale', 'node --expose-gc --import tsx test/system/scale/getStatus.ts', 1, build),
];

/** The layers of these names and those they come after; all when none is named. */
export function layersNamed(names: readonly string[]): Layer[] {
	const unknown = names.filter((name) => !LAYERS.some((layer) => layer.name === name));
	if (unknown.length > 0) {
		throw new Error(
			`There is no layer ${unknown.join(', ')}; there are ${LAYERS.map(({ name }) => name).join(', ')}`,
		);
	}
	const wanted = new Set(names);
	for (const layer of [...LAYERS].reverse()) {
		if (wanted.has(layer.name)) for (const name of layer.after) wanted.add(name);
	}
	return LAYERS.filter(({ name }) => names.length === 0 || wanted.has(name));
}
