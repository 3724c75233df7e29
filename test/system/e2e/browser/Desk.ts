/**
 * Where a browser test works: a real n8n with the package, an emulator beside it, and a browser that
 * is signed in. What a failing test saw is kept.
 */
import type { Browser } from 'playwright-core';

import {
	importCredential,
	importWorkflows,
	signedInData,
	type ImportableWorkflow,
} from '../../../../dev/n8n/sampleContent';
import type { Emulator } from '../../../../dev/emulator/startEmulator';
import { majorUnderTest, openPlace, OWNER, START_TIMEOUT, type Place } from '../place';
import { Session } from '../../../../dev/n8n/Session';
import { launchChromium } from '../../../support/browser/chromium';
import { newEditorPage, WINDOW } from './editorPage';
import { Editor } from './Editor';
import { keepFailure } from './failures';
import { picturePorts, SCALE, takesPictures } from './pictures';
import { SignIn } from './SignIn';

/** A test opens many pages of n8n, and the machine may be busy. */
const TEST_TIMEOUT = 240_000;

export interface Desk {
	editor: Editor;
	browser: Browser;
	emulator: Emulator;
}

interface DeskContent {
	/** In n8n from the start, with the emulator's credential chosen. */
	workflows?: ImportableWorkflow[];
	/** Without: no credential is there yet. */
	credential?: boolean;
}

export type BrowserTest = (name: string, steps: (desk: Desk) => Promise<void>) => void;

/** Opens a desk for the tests of a file. @returns what to write them with, as `it` */
export function inBrowser({ workflows = [], credential = true }: DeskContent = {}): BrowserTest {
	let place: Place | undefined;
	let browser: Browser | undefined;
	let desk: Desk | undefined;

	beforeAll(async () => {
		browser = await launchChromium();
		const ports = takesPictures ? picturePorts : { emulator: 0 };
		place = await openPlace({ emulator: { port: ports.emulator } });
		const { n8n, emulator } = place;
		if (credential) await importCredential(n8n, await signedInData(emulator));
		if (workflows.length > 0) await importWorkflows(n8n, workflows);
		const server = await n8n.start('start', {}, 'n8n' in ports ? ports.n8n : undefined);
		await Session.setUpOwner(server.url, OWNER);
		const page = await newEditorPage(browser, SCALE);
		const editor = new Editor(page, server.url, majorUnderTest());
		desk = { editor, browser, emulator };
		try {
			await new SignIn(editor).as(OWNER);
		} catch (error) {
			throw await keepFailure('sign-in', browser, error);
		}
	}, START_TIMEOUT);

	afterAll(async () => {
		await browser?.close();
		await place?.close();
	}, START_TIMEOUT);

	return (name, steps) => {
		test(
			name,
			async () => {
				if (desk === undefined) throw new Error('n8n did not start');
				try {
					await desk.editor.page.setViewportSize(WINDOW);
					await steps(desk);
				} catch (error) {
					throw await keepFailure(name, desk.browser, error);
				}
			},
			TEST_TIMEOUT,
		);
	};
}
