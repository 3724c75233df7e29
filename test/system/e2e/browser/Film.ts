/**
 * The README's moving picture: what a person sees one after the other, as an animated GIF. Every run
 * makes it and checks its size; `npm run pictures` keeps it in docs/images.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

import { takesPictures } from './pictures';

const FOLDER = join(__dirname, '../../../../docs/images');
const MAX_BYTES = 2_000_000;
/** How long each picture stays, in milliseconds. */
const STAYS = 1800;
const COLOURS = 128;
/** All pictures of a film have one size. */
const SIZE = { width: 1280, height: 800 };

export class Film {
	private readonly gif = GIFEncoder();

	constructor(
		private readonly page: Page,
		private readonly name: string,
	) {}

	/** What the page shows now. */
	async frame(): Promise<void> {
		const before = this.page.viewportSize();
		await this.page.setViewportSize(SIZE);
		await this.page.mouse.move(0, 0);
		const picture = await this.page.screenshot({
			animations: 'disabled',
			caret: 'hide',
			scale: 'css',
			style: '.el-notification { display: none !important }',
		});
		if (before !== null) await this.page.setViewportSize(before);
		const { data, width, height } = PNG.sync.read(picture);
		const palette = quantize(data, COLOURS);
		this.gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay: STAYS });
	}

	/** Closes the film, and keeps it where pictures are taken. */
	end(): void {
		this.gif.finish();
		const film = this.gif.bytes();
		expect(film.byteLength).toBeLessThan(MAX_BYTES);
		if (!takesPictures) return;
		mkdirSync(FOLDER, { recursive: true });
		writeFileSync(join(FOLDER, `${this.name}.gif`), film);
	}
}
