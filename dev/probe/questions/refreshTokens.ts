/** Refresh tokens, as Microsoft Entra treats them. */
import { setting, unknown, type Question } from './Question';

export const refreshTokens: readonly Question[] = [
	{
		asks: 'Is a refresh token that was used refused?',
		settles: 'refuseReusedRefreshToken',
		needs: ['user'],
		answer: async (survey) => {
			const reused = await survey.tokens.redeemTwice();
			if (reused === undefined) return unknown('The sign-in gave no new refresh token.');
			const refused = reused === 'refused';
			return setting('refuseReusedRefreshToken', refused, refused ? 'Yes' : 'No, it works on');
		},
	},
];
