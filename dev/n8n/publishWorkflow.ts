/** A workflow in an n8n that runs, active: its webhooks can be called. */
import { z } from 'zod';

import type { Major } from './n8nVersions';
import type { ImportableWorkflow } from './sampleContent';
import type { Session } from './Session';

const savedSchema = z.object({ id: z.string(), versionId: z.string() });

/** @returns the workflow's id in n8n; n8n 2.x registers its webhooks a moment later */
export async function publishWorkflow(
	session: Session,
	major: Major,
	workflow: ImportableWorkflow,
): Promise<string> {
	const { id, versionId } = savedSchema.parse(await session.call('POST', '/workflows', workflow));
	if (major === '1') {
		await session.call('PATCH', `/workflows/${id}`, { active: true, versionId });
	} else {
		await session.call('POST', `/workflows/${id}/activate`, { versionId });
	}
	return id;
}
