/** Links in answers, written in each of the ways that Microsoft's pages show. */
import type { EmulatorContext } from '../EmulatorContext';

export interface Link {
	uri: string;
	method: 'GET';
	/** To be sent along, each of them. */
	headers: readonly { key: string; value: string }[];
}

/** @param path below the API's version, such as `/customers?size=40` */
export function linkTo(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches'>,
	path: string,
	headers: Link['headers'] = [],
): Link {
	return { uri: prefixOf(context) + path, method: 'GET', headers };
}

function prefixOf({ switches, baseUrl }: Pick<EmulatorContext, 'baseUrl' | 'switches'>): string {
	switch (switches.linkPrefix) {
		case 'none':
			return '';
		case 'v1':
			return '/v1';
		case 'absolute':
			return `${baseUrl}/v1`;
	}
}
