import type { HttpRequest, HttpResponse } from '../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { Throttle } from '../../nodes/MicrosoftPartnerCenter/client/throttle';
import { REQUEST_ID } from './fixtures/documented';
import { SimulatedClock } from './simulation/SimulatedClock';
import { clientOf } from './throttleClient';

export type Answer = Partial<HttpResponse> | Error;

/** A client that gets these answers, the last of them again and again; and what it has sent. */
export function clientThatGets(...answers: Answer[]) {
	const sent: HttpRequest[] = [];
	const clock = new SimulatedClock();
	const client = new PartnerCenterClient({
		clock,
		throttle: clientOf(new Throttle(clock), 10),
		newId: () => REQUEST_ID,
		send: (request) => {
			sent.push(request);
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			if (answer instanceof Error) return Promise.reject(answer);
			return Promise.resolve({ status: 200, headers: {}, body: '', ...answer });
		},
	});
	return { client, sent, clock };
}
