import { explainMissingCredential } from '../../../nodes/MicrosoftPartnerCenter/messages/credentials';

const user = { name: 'Partner Center', signInName: 'App+User' };
const app = { name: 'Partner Center App-Only', signInName: 'App-only' };

it('a node without any credential is told which one to select', () => {
	expect(explainMissingCredential('The node', user, undefined, false)).toEqual({
		message: 'The node has no credential',
		advice: "Open the node and select the credential 'Partner Center' (App+User).",
	});
});

it('a node with the other one is told of both, and where Microsoft leaves no choice', () => {
	const { message, advice } = explainMissingCredential("'Create'", app, user, true);
	expect(message).toMatch(
		/^'Create' needs .*'Partner Center App-Only' \(App-only\), and the node has/,
	);
	expect(advice).toMatch(/Microsoft accepts no other sign-in for this call\.$/);
});
