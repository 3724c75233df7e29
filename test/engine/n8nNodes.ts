/** n8n's own nodes of the major that the jest project stands for, as `npm run engines` brings them. */
import path from 'node:path';

import { N8nNodes } from '../../dev/engine/n8nNodes';
import { engine } from './workplace';

/* eslint-disable @typescript-eslint/no-require-imports -- jest's own require: it maps n8n-workflow to this engine's */
function open(): N8nNodes {
	const folder = path.join(__dirname, `../../dev/hosts/engines/${engine}/nodes`);
	const found = N8nNodes.in(folder, (file) => require(file) as Record<string, new () => unknown>);
	if (!found) throw new Error("Run npm run engines first: it brings n8n's own nodes");
	return found;
}
/* eslint-enable */

export const n8nNodes = open();
