/**
 * What the node reads from an item by itself is what the engine says that this n8n has for expressions:
 * 2.x an isolate, which runs in the Node.js that n8n needs; 1.x none but n8n-workflow's own.
 */
import { dirname, join } from 'node:path';

import { installN8n } from '../../../dev/n8n/install';
import { comparePlainPaths } from '../../support/comparePlainPaths';
import { majorUnderTest } from './place';

test('drawn items and paths, in the engine of this n8n', async () => {
	const major = majorUnderTest();
	const { node, bin } = await installN8n(major, () => undefined);
	const modules = join(dirname(bin), '..', '..');
	const engine = major === '2' ? 'vm' : 'legacy';
	const compared = comparePlainPaths(node, modules, engine);
	expect(compared).toMatchObject({ engine, different: [], refusedNowAndThen: [] });
	expect(compared.read).toBeGreaterThan(500);
});
