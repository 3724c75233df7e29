/** The page on which a customer reads and accepts. INVENTED in all of it: Microsoft hosts its own. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { html, type Html } from '../pages/html';
import { page, sendPage, type Page } from '../pages/page';
import type { EmulatorContext } from '../EmulatorContext';
import type { Attestation } from './AttestationRegister';
import { accept } from './enhancedAttestation';

type AttestationPageRequest = FastifyRequest<{ Params: { id: string } }>;

/** Registered below the prefix `/attestation-preview`. */
export function attestationPages(
	app: FastifyInstance,
	context: Pick<EmulatorContext, 'switches' | 'store' | 'audit' | 'attestations'>,
): void {
	const find = ({ params }: AttestationPageRequest) =>
		context.switches.attestation === 'off' ? undefined : context.attestations.find(params.id);

	app.get('/:id', async (request: AttestationPageRequest, reply) => {
		const attestation = find(request);
		return await sendPage(reply.code(attestation === undefined ? 404 : 200), shown(attestation));
	});
	app.post('/:id', async (request: AttestationPageRequest, reply) => {
		const attestation = find(request);
		if (attestation === undefined) return await sendPage(reply.code(404), shown(undefined));
		accept(context, attestation);
		return await sendPage(reply, shown(attestation));
	});
}

function shown(attestation: Attestation | undefined): Page {
	if (attestation === undefined) {
		return card('No such attestation', html`<h1>There is no such attestation</h1>`);
	}
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
