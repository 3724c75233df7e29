/**
 * The README's screenshots, taken on the way by the tests. Every run takes them and checks their
 * size; `npm run pictures` keeps them in docs/images.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

import { until } from '../../../../dev/n8n/waiting';

const FOLDER = join(__dirname, '../../../../docs/images');
const MAX_BYTES = 200_000;

export const takesPictures = process.env.E2E_PICTURES === '1';
/** Sharp on dense screens, and still small files. */
export const SCALE = takesPictures ? 1.5 : 1;
/** The addresses that the pictures show are those of the README. */
export const picturePorts = { emulator: 8787, n8n: 5678 };

export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** The part of the page that a picture shows, as n8n shows it where the system is set to dark, too. */
export async function takePictures(page: Page, name: string, clip: Box): Promise<void> {
	await takePicture(page, name, clip);
	const textColour = () => page.evaluate<string>('getComputedStyle(document.body).color');
	const light = await textColour();
	await page.emulateMedia({ colorScheme: 'dark' });
	try {
		await until('n8n is dark', async () => (await textColour()) !== light, { timeout: 10_000 });
		await takePicture(page, `${name}-dark`, clip);
	} finally {
		await page.emulateMedia({ colorScheme: 'light' });
		await until('n8n is light', async () => (await textColour()) === light, { timeout: 10_000 });
	}
}

/** The part of the page that a picture shows. */
export async function takePicture(page: Page, name: string, clip: Box): Promise<void> {
	await page.mouse.move(0, 0);
	const picture = await page.screenshot({
		clip,
		animations: 'disabled',
		caret: 'hide',
		// Messages in the corner come and go.
		style: '.el-notification { display: none !important }',
	});
	expect(picture.byteLength).toBeLessThan(MAX_BYTES);
	if (!takesPictures) return;
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(join(FOLDER, `${name}.png`), picture);
}

/** Where the elements are, all of them in one box, with a margin around. */
export async function boxAround(elements: Locator[], margin = 0): Promise<Box> {
	const boxes: Box[] = [];
	for (const element of elements) {
		const box = await element.boundingBox();
		if (box === null) throw new Error(`Not to be seen: ${element.toString()}`);
		boxes.push(box);
	}
	const left = Math.min(...boxes.map(({ x }) => x)) - margin;
	const top = Math.min(...boxes.map(({ y }) => y)) - margin;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + margin;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + margin;
	return { x: left, y: top, width: right - left, height: bottom - top };
}
