/**
 * The blob store that agreement documents are downloaded from. It knows nothing of Partner Center's
 * tokens: the link is the permission, and an Authorization header is an error.
 * Source: "Service REST API" error codes of Azure Storage on Microsoft Learn.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../pages/html';
import { page } from '../pages/page';
import type { EmulatorContext } from '../EmulatorContext';
import type { IssuedDocument } from './DocumentLinks';
import { WORD_TYPE, wordFile } from './wordFile';

type DocumentRequest = FastifyRequest<{
	Params: { name: string };
	Querystring: { sig?: string };
}>;

interface BlobError {
	status: number;
	code: string;
	message: string;
	/** What the answer says besides. */
	detail?: string;
}

const INVALID_AUTHENTICATION: BlobError = {
	status: 400,
	code: 'InvalidAuthenticationInfo',
	message:
		'Authentication information is not given in the correct format. Check the value of Authorization header.',
};
const NOT_FOUND: BlobError = {
	status: 404,
	code: 'BlobNotFound',
	message: 'The specified blob does not exist.',
};

/** Registered below the prefix `/agreement-documents`. */
export function documentRoutes(
	app: FastifyInstance,
	context: Pick<EmulatorContext, 'switches' | 'documents'>,
): void {
	app.get('/:name', async (request: DocumentRequest, reply) => {
		if (request.headers.authorization !== undefined) {
			return await refuse(reply, INVALID_AUTHENTICATION);
		}
		const [, id = '', format] = /^(.+)\.(html|docx)$/.exec(request.params.name) ?? [];
		const document = context.documents.find(id);
		if (document === undefined) return await refuse(reply, NOT_FOUND);
		if (request.query.sig !== document.signature) {
			return await refuse(reply, authenticationFailed('Signature did not match.'));
		}
		const expiry = document.issuedAt + context.switches.documentLinkLifetime * 1000;
		if (Date.now() >= expiry) {
			return await refuse(reply, authenticationFailed(outsideTimeFrame(document, expiry)));
		}
		return format === 'html'
			? await reply.type('text/html; charset=utf-8').send(displayed(document))
			: await download(reply, document, context.switches.documentBytes);
	});
}

async function download(
	reply: FastifyReply,
	document: IssuedDocument,
	bytes: number,
): Promise<FastifyReply> {
	const { language, country } = document;
	const name = `MicrosoftCustomerAgreement_${language}_${country}.docx`;
	return await reply
		.type(WORD_TYPE)
		.header('Content-Disposition', `attachment; filename="${name}"`)
		.header('x-ms-request-id', randomUUID())
		.header('x-ms-blob-type', 'BlockBlob')
		.send(wordFile(linesOf(document), bytes));
}

function displayed(document: IssuedDocument): string {
	const [title = '', ...lines] = linesOf(document);
	const body = html`<main class="wide">
		<h1>${title}</h1>
		${lines.map((line) => html`<p>${line}</p>`)}
	</main>`;
	return page({ title, body }).text;
}

function linesOf({ language, country }: IssuedDocument): string[] {
	return [
		'Microsoft Customer Agreement',
		`Language: ${language}`,
		`Country: ${country}`,
		'Sample text of the Partner Center emulator, without legal meaning.',
	];
}

function authenticationFailed(detail: string): BlobError {
	return {
		status: 403,
		code: 'AuthenticationFailed',
		message:
			'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.',
		detail,
	};
}

function outsideTimeFrame({ issuedAt }: IssuedDocument, expiry: number): string {
	const [start, end, now] = [issuedAt, expiry, Date.now()].map((instant) =>
		new Date(instant).toUTCString(),
	);
	return `Signature not valid in the specified time frame: Start [${start}] - Expiry [${end}] - Current [${now}]`;
}

async function refuse(reply: FastifyReply, error: BlobError): Promise<FastifyReply> {
	const requestId = randomUUID();
	const detail =
		error.detail === undefined
			? ''
			: `<AuthenticationErrorDetail>${error.detail}</AuthenticationErrorDetail>`;
	return await reply
		.code(error.status)
		.type('application/xml')
		.header('x-ms-request-id', requestId)
		.header('x-ms-error-code', error.code)
		.send(
			`\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${error.code}</Code><Message>${error.message}\nRequestId:${requestId}\nTime:${new Date().toISOString()}</Message>${detail}</Error>`,
		);
}
