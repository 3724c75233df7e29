/**
 * The credential in the editor: found by typing, filled in, connected through the emulator's
 * sign-in page, and what a person sees when the sign-in is not what Partner Center wants.
 */
import { loadBuiltPackage } from '../../../dev/demo/builtPackage';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { standInFrontOf } from '../../engine/standIn';
import { appOnlyFaults, wordsFor } from './appOnlyFaults';
import { newEditorPage } from './browser/editorPage';
import { CredentialForm } from './browser/CredentialForm';
import { inBrowser, type Desk } from './browser/Desk';
import { Editor } from './browser/Editor';
import { NodesPanel } from './browser/NodesPanel';
import { boxAround, takePicture } from './browser/pictures';
import { SignIn } from './browser/SignIn';
import { expectSoon } from './browser/soon';
import { OWNER } from './place';

const { credentialTypes } = loadBuiltPackage();
const credentialType = typeOf('microsoftPartnerCenterOAuth2Api');
const appOnlyType = typeOf('microsoftPartnerCenterAppOnlyOAuth2Api');
function typeOf(name: string) {
	const found = credentialTypes.find((type) => type.name === name);
	if (found === undefined) throw new Error(`The package has no credential ${name}`);
	return found;
}

/** Without the dialog's round corners, in pixels. */
const INSIDE = -6;
const ALL_FIELDS = { width: 1440, height: 1300 };

const it = inBrowser({ credential: false });

/** A form with all that the emulator wants, not saved and not connected yet. */
async function filledForm({ editor, emulator }: Desk, name: string): Promise<CredentialForm> {
	const form = new CredentialForm(editor);
	await form.search('partner center');
	await form.choose(credentialType.displayName);
	await form.rename(name);
	await form.field('clientId').fill(EMULATOR_CLIENT_ID);
	await form.field('clientSecret').fill(EMULATOR_CLIENT_SECRET);
	await form.field('tenantId').fill(EMULATOR_TENANT_ID);
	await form.field('environment').choose('Emulator');
	await form.field('emulatorUrl').fill(emulator.baseUrl);
	return form;
}

it('a person signs in to n8n with its form', async ({ browser, editor }) => {
	const page = await newEditorPage(browser);
	const own = new Editor(page, editor.url, editor.major);

	await new SignIn(own).as(OWNER);

	expect(await page.title()).toContain('n8n');
	await page.context().close();
});

it('the credential is found by typing, and its fields read as they are described', async (desk) => {
	const form = new CredentialForm(desk.editor);
	expect(await form.search('partner center')).toEqual(
		expect.arrayContaining(credentialTypes.map(({ displayName }) => displayName)),
	);
	await form.choose(credentialType.displayName);
	await desk.editor.page.setViewportSize(ALL_FIELDS);
	await form.field('environment').choose('Emulator');

	const visible = credentialType.properties.filter(
		({ type }) => type !== 'hidden' && type !== 'notice',
	);
	for (const { name, displayName, description = '', placeholder, required } of visible) {
		const field = form.field(name);
		expect(await field.label()).toBe(displayName);
		expect(await field.hasStar()).toBe(required === true);
		expect(await field.hoverText()).toBe(description);
		if (placeholder !== undefined) expect(await field.placeholder()).toBe(placeholder);
	}
	for (const { displayName } of credentialType.properties.filter(({ type }) => type === 'notice')) {
		expect(await form.dialog.getByText(displayName).isVisible()).toBe(true);
	}
	expect(await form.field('environment').choices()).toEqual(
		visible
			.find(({ name }) => name === 'environment')
			?.options?.map((option) =>
				'description' in option ? `${option.name}\n${option.description ?? ''}` : option.name,
			),
	);
});

it('a sign-in with MFA connects the credential', async (desk) => {
	await desk.editor.page.setViewportSize(ALL_FIELDS);
	const form = await filledForm(desk, 'Partner Center (emulator)');
	expect(await form.isConnected()).toBe(false);
	await form.scrollToEnd();
	await takePicture(desk.editor.page, 'credential-form', await boxAround([form.dialog], INSIDE));

	const window = await form.connect();
	await window.signIn({ mfa: true });

	await expectSoon(() => form.isConnected(), true);
});

it('a sign-in that is cancelled leaves the credential unconnected, and n8n says so', async (desk) => {
	const form = await filledForm(desk, 'Cancelled');

	const window = await form.connect();
	const said = await window.cancel();

	expect(said).toContain('Failed to connect');
	expect(await form.isConnected()).toBe(false);
});

it('without MFA the sign-in succeeds, the run says what is missing, and signing in again mends it', async (desk) => {
	const { editor } = desk;
	const form = await filledForm(desk, 'Without MFA');
	const window = await form.connect();
	await window.signIn({ mfa: false });
	await expectSoon(() => form.isConnected(), true);

	const panel = new NodesPanel(editor);
	await panel.openForAction();
	await panel.search('MCA metadata');
	await panel.openEntry();
	const node = await panel.add('Get MCA metadata');
	await node.chooseCredential('Without MFA');
	await node.executeStep();

	const failure = await node.output.failure();
	expect(failure).toContain('multi-factor authentication');
	expect(failure).toContain('reconnect');

	await node.editCredential();
	const again = await form.reconnect();
	await again.signIn({ mfa: true });
	await expectSoon(() => form.isConnected(), true);
	await form.close();
	await node.executeStep();

	await expectSoon(
		() => node.output.items(['agreementType', 'agreementLink']),
		[['MicrosoftCustomerAgreement', 'https://aka.ms/customeragreement']],
	);
});

it('the app-only credential says what is wrong with it, and that it works once that is mended', async (desk) => {
	const { baseUrl } = desk.emulator;
	const right: Record<string, string> = {
		clientSecret: EMULATOR_CLIENT_SECRET,
		tenantId: EMULATOR_TENANT_ID,
		emulatorUrl: baseUrl,
	};
	const form = new CredentialForm(desk.editor);
	await form.search('partner center');
	await form.choose(appOnlyType.displayName);
	await form.rename('App-only');
	await form.field('clientId').fill(EMULATOR_CLIENT_ID);
	await form.field('environment').choose('Emulator');

	for (const { fields, status, says } of appOnlyFaults) {
		const answered = (call: string) =>
			/ \/v1\//.test(call) ? { status: status ?? 200 } : undefined;
		const instead = status === undefined ? undefined : await standInFrontOf(baseUrl, answered);
		const wrong = instead === undefined ? fields : { emulatorUrl: instead.url };
		for (const [name, value] of Object.entries({ ...right, ...wrong })) {
			await form.field(name).fill(value);
		}
		await form.save();
		await form.says('Couldn’t connect with these settings');
		await form.saysInDetails(wordsFor(true, status, says));
	}

	for (const [name, value] of Object.entries(right)) await form.field(name).fill(value);
	await form.save();
	await form.says('Connection tested successfully');
});
