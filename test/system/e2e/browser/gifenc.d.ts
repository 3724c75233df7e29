/** What of gifenc the film needs; it brings no types of its own. */
declare module 'gifenc' {
	type Palette = number[][];
	interface Frame {
		palette: Palette;
		/** Milliseconds. */
		delay: number;
	}
	interface Encoder {
		writeFrame(index: Uint8Array, width: number, height: number, frame: Frame): void;
		finish(): void;
		bytes(): Uint8Array;
	}
	export function GIFEncoder(): Encoder;
	export function quantize(rgba: Uint8Array | Uint8ClampedArray, colours: number): Palette;
	export function applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: Palette): Uint8Array;
}
