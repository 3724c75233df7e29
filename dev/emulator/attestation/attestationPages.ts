/**
 * `/mca/?attestationid=…`, on which a customer reads and accepts without signing in. The path is the
 * one of Microsoft's page at cdn.partner.microsoft.com, as vendors build the link
 * (github.com/SveinT83/Nexum-PSA, docs/rfc). The page itself is INVENTED.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { queryOf } from '../api/answer';
import { html, type Html } from '../pages/html';
import { page, sendPage, type Page } from '../pages/page';
import type { EmulatorContext } from '../EmulatorContext';
import type { Attestation } from './AttestationRegister';
import { accept, isExpired } from './enhancedAttestation';

/** Registered below the prefix `/mca`. */
export function attestationPages(
	app: FastifyInstance,
	context: Pick<EmulatorContext, 'switches' | 'attestations'>,
): void {
	const find = (request: FastifyRequest) =>
		context.switches.attestation === 'off'
			? undefined
			: context.attestations.find(queryOf(request).get('attestationid') ?? '');

	app.get('/', async (request, reply) => {
		const attestation = find(request);
		if (attestation === undefined) return await sendPage(reply.code(404), unknownPage);
		if (isExpired(context, attestation)) return await sendPage(reply.code(410), expiredPage);
		return await sendPage(reply, shown(attestation));
	});
	app.post('/', async (request, reply) => {
		const attestation = find(request);
		if (attestation === undefined) return await sendPage(reply.code(404), unknownPage);
		if (isExpired(context, attestation)) return await sendPage(reply.code(410), expiredPage);
		accept(context, attestation, context.switches.attestationDelay);
		return await sendPage(reply, shown(attestation));
	});
}

function shown(attestation: Attestation): Page {
	const { companyName, signatoryFirstName, signatoryLastName } = attestation.request;
	const answer =
		attestation.acceptedAt === undefined
			? html`<form method="post">
					<div class="actions"><button class="main">Accept</button></div>
				</form>`
			: html`<p><strong>Accepted at ${attestation.acceptedAt}</strong></p>`;
	return card(
		'Microsoft Customer Agreement, preview',
		html`<h1>Microsoft Customer Agreement for <bdi>${companyName}</bdi></h1>
			<p>Invented by the emulator: Microsoft’s own page is another one.</p>
			<p>
				To be accepted by <bdi>${signatoryFirstName} ${signatoryLastName}</bdi>. Without legal
				meaning.
			</p>
			${answer}`,
	);
}

function card(title: string, content: Html): Page {
	const body = html`<main class="centred"><div class="card">${content}</div></main>`;
	return page({ title, body });
}

const unknownPage = card('No such attestation', html`<h1>There is no such attestation</h1>`);
const expiredPage = card('Expired', html`<h1>This link has expired</h1>`);
