/** The page on which a customer reads and accepts. INVENTED in all of it: Microsoft hosts its own. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { html, page } from '../pages/html';
import type { World } from '../World';
import type { Attestation } from './AttestationRegister';
import { accept } from './enhancedAttestation';

type AttestationPageRequest = FastifyRequest<{ Params: { id: string } }>;

/** Registered below the prefix `/attestation-preview`. */
export function attestationPages(app: FastifyInstance, world: World): void {
	const find = ({ params }: AttestationPageRequest) =>
		world.switches.attestation === 'off' ? undefined : world.attestations.find(params.id);

	app.get('/:id', async (request: AttestationPageRequest, reply) => {
		const attestation = find(request);
		const status = attestation === undefined ? 404 : 200;
		return await reply.code(status).type('text/html; charset=utf-8').send(shown(attestation));
	});
	app.post('/:id', async (request: AttestationPageRequest, reply) => {
		const attestation = find(request);
		if (attestation === undefined) {
			return await reply.code(404).type('text/html; charset=utf-8').send(shown(undefined));
		}
		accept(world, attestation);
		return await reply.type('text/html; charset=utf-8').send(shown(attestation));
	});
}

function shown(attestation: Attestation | undefined): string {
	if (attestation === undefined) {
		return page('No such attestation', html`<h1>There is no such attestation</h1>`);
	}
	const { companyName, signatoryFirstName, signatoryLastName } = attestation.request;
	const answer =
		attestation.acceptedAt === undefined
			? html`<form method="post"><button>Accept</button></form>`
			: html`<p class="good">Accepted at ${attestation.acceptedAt}</p>`;
	return page(
		'Microsoft Customer Agreement, preview',
		html`<h1>Microsoft Customer Agreement for ${companyName}</h1>
			<p class="bad">Invented by the emulator: Microsoft’s own page is another one.</p>
			<p>To be accepted by ${signatoryFirstName} ${signatoryLastName}. Without legal meaning.</p>
			${answer}`,
	);
}
