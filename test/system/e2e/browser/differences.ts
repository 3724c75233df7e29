/** What the editors of n8n 1.x and 2.x call differently; everything else they have in common. */
import type { Major } from '../../../../dev/n8n/n8nVersions';

export interface Differences {
	/** The button that opens the sign-in window of a credential. */
	connect: string;
	/** The same once the credential is connected. */
	reconnect: string;
	/** What appears when the pointer rests on something that has a text. */
	hoverText: string;
}

export const differences: Record<Major, Differences> = {
	'1': {
		connect: 'Connect my account',
		reconnect: 'Reconnect',
		hoverText: '.el-popper[role=tooltip]:visible',
	},
	'2': {
		connect: 'Connect',
		reconnect: 'Switch account',
		hoverText: '.n8n-tooltip:visible',
	},
};
