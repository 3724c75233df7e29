/** Which credential a node signs in with, and what it says where it has the wrong one or none. */
import {
	chooseSignIn,
	CREDENTIALS,
	shownWhere,
	type AcceptedSignIn,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/credentials';
import { executionContext } from '../../support/n8nContext';

const { appAndUser, appOnly } = CREDENTIALS;

/** @param held types of the credentials that the node has */
function choose(accepted: AcceptedSignIn, held: string[], parameters: object = {}) {
	const credentials = Object.fromEntries(held.map((type) => [type, { id: '1', name: 'Mine' }]));
	const context = executionContext({ getNode: () => ({ parameters, credentials }) });
	return chooseSignIn(context, accepted, "'Confirm'");
}

it.each([
	['appAndUser', [appAndUser.type], {}, 'appAndUser'],
	['appOnly', [appOnly.type], {}, 'appOnly'],
	['either', [appOnly.type], { authentication: 'appOnly' }, 'appOnly'],
	['either', [appAndUser.type, appOnly.type], { authentication: 'appOnly' }, 'appOnly'],
	['either', [appAndUser.type, appOnly.type], { authentication: 'appAndUser' }, 'appAndUser'],
	// Nodes that were saved before there was a choice.
	['either', [appAndUser.type], {}, 'appAndUser'],
	// What the form does not ask for does not count.
	['appAndUser', [appAndUser.type, appOnly.type], { authentication: 'appOnly' }, 'appAndUser'],
] as const)('%s, of a node with %p and %p: %s', (accepted, held, parameters, signIn) => {
	expect(choose(accepted, [...held], parameters)).toBe(signIn);
});

it.each([
	['appAndUser', [], {}, /^'Confirm' has no credential$/],
	['appAndUser', [appOnly.type], {}, /needs .+\(App\+User\), and the node has .+\(App-only\)$/],
	[
		'either',
		[appAndUser.type],
		{ authentication: 'appOnly' },
		/needs .+\(App-only\), and the node has .+\(App\+User\)$/,
	],
] as const)('%s, of a node with %p and %p is refused: %p', (accepted, held, parameters, told) => {
	expect(() => choose(accepted, [...held], parameters)).toThrow(told);
});

it('where either would do, the other sign-in is not said to be refused', () => {
	const OTHER = 'Microsoft accepts no other sign-in';
	const adviceOf = (accepted: AcceptedSignIn) => {
		try {
			return choose(accepted, []);
		} catch (error) {
			return (error as { explanation: { advice: string } }).explanation.advice;
		}
	};
	expect(adviceOf('appAndUser')).toContain(OTHER);
	expect(adviceOf('either')).not.toContain(OTHER);
});

it.each(['appandUser', '', null, 5])('a stored choice that is none, %p, is named', (stored) => {
	const attempt = () => choose('either', [appAndUser.type], { authentication: stored });
	expect(attempt).toThrow("'Authentication' is not one of the choices");
});

it('a credential that is shown is required', () => {
	const displayOptions = { show: { resource: ['customer'] } };
	expect(shownWhere('appOnly', displayOptions)).toEqual({
		name: appOnly.type,
		required: true,
		displayOptions,
	});
});
