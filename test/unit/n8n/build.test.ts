/** Code that is loaded later than at n8n's start belongs to the same build, or does not run. */
import { ChangedFilesError, ofThisBuild } from '../../../nodes/MicrosoftPartnerCenter/n8n/build';
import { describeFailure } from '../../../nodes/MicrosoftPartnerCenter/n8n/nodeErrors';

it('what belongs to this build is handed on', async () => {
	const loaded = { start: () => 1 };
	expect(await ofThisBuild(Promise.resolve(loaded))).toBe(loaded);
});

it.each([
	['of another build', Promise.resolve({ build: 'another' })],
	['gone', Promise.reject(new Error("Cannot find module '/somewhere/confirm.run'"))],
])('what is %s does not run, and the message says what to do', async (_what, loading) => {
	const error: unknown = await ofThisBuild(loading).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(ChangedFilesError);
	expect(describeFailure(error)).toEqual({
		what: 'The files of this package have changed since n8n was started',
		advice: 'Restart n8n, in queue mode each of its processes. Nothing was sent.',
	});
});
