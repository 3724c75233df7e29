/** What Agreement Template → Download Document does with an item. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { CancellationError, PartnerCenterError } from '../../client/errors';
import { CancelledError, NoAnswerError } from '../../client/http';
import type { PartnerCenterClient } from '../../client/PartnerCenterClient';
import type { CallOptions } from '../../client/Requester';
import { notATemplate } from '../../messages/explain';
import { download, MAX_BYTES, type Downloaded } from '../../n8n/download';
import type { StartOperation } from '../../n8n/operation';
import { FieldFaults, readFields } from '../../n8n/parameters';
import { customerAgreementTemplates } from '../customerAgreementTemplates';
import { callOptionsOfOneExecution, oneOutputRun, type OutputItem } from '../runs';
import { form } from './downloadDocument';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

interface DocumentVersion {
	templateId: string;
	language: string;
	country: string;
}

/** A link lives for five minutes; where the download fails, a new link is asked for, once. */
async function fetchDocument(
	context: IExecuteFunctions,
	client: PartnerCenterClient,
	{ templateId, language, country }: DocumentVersion,
	call: CallOptions,
) {
	for (let isLastTry = false; ; isLastTry = true) {
		const link = await client.documents.getLink(templateId, language, country, call);
		const file = await download(context, link.downloadUri, call.timeout).catch((error: unknown) =>
			error instanceof Error ? error : new Error(String(error)),
		);
		if (file instanceof Error) {
			if (isLastTry || isFinal(file)) throw unreachable(file, call.timeout);
			continue;
		}
		if (file.status >= 200 && file.status < 300) return { link, file };
		if (isLastTry) throw refusedDownload(file.status);
	}
}

/** After a time-out another try would take as long again; after a cancel nobody waits for it. */
function isFinal(error: Error): boolean {
	return error instanceof CancelledError || (error instanceof NoAnswerError && error.timedOut);
}

function unreachable(error: Error, timeout: number): PartnerCenterError {
	if (error instanceof CancelledError) {
		return new CancellationError({ inDoubt: false, creates: 'confirmation' });
	}
	if (error instanceof NoAnswerError && error.timedOut) {
		return new PartnerCenterError({ kind: 'documentLate', timeout });
	}
	return new PartnerCenterError({ kind: 'documentUnreachable', reason: error.message });
}

function refusedDownload(status: number): PartnerCenterError {
	return new PartnerCenterError({ kind: 'documentRefused', status });
}

function bytesOf({ bytes }: Downloaded): Buffer {
	if (bytes === undefined) {
		throw new PartnerCenterError({ kind: 'documentTooLarge', max: MAX_BYTES });
	}
	if (bytes.length === 0) {
		throw new PartnerCenterError({ kind: 'documentEmpty' });
	}
	return bytes;
}

export const start: StartOperation = (context, access) =>
	oneOutputRun(context, access, ({ client }) => {
		const callOptions = callOptionsOfOneExecution();
		const templates = customerAgreementTemplates(access);
		return (item) => {
			const values = readFields(context, item, form.fields);
			const { language, country, output } = values;
			const call = callOptions(values);
			return async (): Promise<OutputItem[]> => {
				const template = await templates.resolve(values.templateId, call);
				if (!('templateId' in template)) {
					const fault = notATemplate(values.templateId ?? '', template.listed);
					throw new FieldFaults([{ label: 'Template ID', ...fault }]);
				}
				const { templateId } = template;
				const version = { templateId, language, country };
				const { link, file } = await fetchDocument(context, client, version, call);
				const offered = { language: link.language ?? language, country: link.country ?? country };
				const fileName =
					file.fileName ??
					`microsoft-customer-agreement_${offered.language}_${offered.country}.docx`;
				const mimeType = file.mimeType ?? DOCX;
				const bytes = bytesOf(file);
				const binary = await context.helpers.prepareBinaryData(bytes, fileName, mimeType);
				return [
					{
						json: { templateId, ...offered, fileName, mimeType, fileSize: bytes.length },
						binary: { [output]: binary },
					},
				];
			};
		};
	});
