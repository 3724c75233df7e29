/** The form that a person sends who signs in with a second factor. */
export function authorizeForm(more: Record<string, string> = {}): string {
	return new URLSearchParams({ action: 'signIn', mfa: 'yes', ...more }).toString();
}
