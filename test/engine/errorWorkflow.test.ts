/**
 * The Error Workflow: who runs workflows hears which one failed, and no mail holds what this package's
 * messages quote of a field. The data: https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.errortrigger
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { parseWorkflow } from '../../dev/engine/runWorkflow';
import { plainTextOf } from '../system/e2e/standIns/SmtpSink';
import { mailServer, runForReal, useInternet } from './internet';
import { open } from './place';
import { engine } from './workplace';

jest.setTimeout(60_000);
useInternet();
beforeEach(async () => {
	await open();
});

const workflow = parseWorkflow(
	readFileSync(path.join(__dirname, '../../workflows/error-workflow.json'), 'utf8'),
);

async function mailFor(failure?: IDataObject): Promise<string> {
	const result = await runForReal(workflow, failure ? { input: [{ json: failure }] } : {});
	expect({ status: result.status, error: result.error?.message }).toEqual({
		status: 'success',
		error: undefined,
	});
	expect(mailServer.mails).toMatchObject([
		{ from: 'n8n@example.com', to: ['csp-desk@example.com'] },
	]);
	const [mail] = mailServer.mails;
	return mail ? plainTextOf(mail) : '';
}
const failed = (message: string): IDataObject => ({
	execution: {
		id: '7',
		url: 'https://n8n.example.com/workflow/a/executions/7',
		error: { message },
		lastNodeExecuted: 'Create Task',
		mode: 'trigger',
	},
	workflow: { id: 'a', name: 'Won deals' },
});

describe(`The Error Workflow (${engine})`, () => {
	it('mails the workflow, the last node, the link and the message of the pinned failure', async () => {
		const text = await mailFor();
		expect(text).toContain(
			'Workflow: Confirm the Microsoft Customer Agreement when a HubSpot deal',
		);
		expect(text).toContain('Last node: Create Task');
		expect(text).toContain('https://n8n.example.com/workflow/9GyKRO1mHB7ZnAvf/executions/231');
		expect(text).toContain('Error: \'Email\' is not an e-mail address: "…"');
		expect(text).not.toContain('pieter');
	});

	it.each([
		['\'Last Name\' holds a placeholder: "van den Bergh" [Item 0]', 'Bergh'],
		['Mailbox femke@fabrikam.example is full', 'femke'],
		['Mailbox <femke@fabrikam.example> is full', 'fabrikam'],
		['Holds a placeholder: "van "der" Bergh" [Item 0]', '"der"'],
		['Holds: "Pieter van den', 'Pieter'],
		['Enthält „Müller“', 'Müller'],
		['No contact «Zoë Groß» here', 'Groß'],
		['Phone +31 30 555 0171 is not valid', '0171'],
	])('leaves out what a field held: %s', async (message, personal) => {
		const text = await mailFor(failed(message));
		expect(text).toContain('Won deals');
		expect(text).toContain('…');
		expect(text).not.toContain(personal);
	});

	it('says what it can of a trigger that failed before an execution was stored', async () => {
		const text = await mailFor({
			trigger: { error: { message: 'The sign-in has expired' }, mode: 'trigger' },
			workflow: { id: 'a', name: 'Won deals' },
		});
		expect(text).toContain('Workflow: Won deals');
		expect(text).toContain('Execution: none');
		expect(text).toContain('Error: The sign-in has expired');
	});

	it('says that n8n gave no message, rather than nothing', async () => {
		expect(await mailFor({ workflow: { name: 'Won deals' } })).toContain('n8n gave no message');
	});
});
