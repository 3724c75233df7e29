/** What one switch hides of another: no call can show it then, whoever makes it. */
import type { Switches } from '../../emulator/switches';

const REFUSED = 'the confirmation is refused';

/** The reason why calls can't tell this switch's setting; undefined when they can. */
export function hiddenIn(settings: Switches, name: keyof Switches): string | undefined {
	const isRefused = settings.legacyConfirmation !== 'accept';
	switch (name) {
		case 'duplicateStatus':
		case 'replaySameRequestId':
		case 'missingType':
		case 'cloudAgreement':
			return isRefused ? REFUSED : undefined;
		case 'cloudAgreementStatus':
			if (settings.cloudAgreement === 'accept') return 'the Cloud Agreement is accepted';
			return isRefused ? REFUSED : undefined;
		case 'auditDelay':
			if (settings.endlessList === 'empty') return 'no record is ever listed';
			return isRefused ? REFUSED : undefined;
		case 'tidyContacts':
			return isRefused && settings.endlessList !== 'off'
				? 'no customer with an agreement is listed, and none can be confirmed'
				: undefined;
		case 'listCustomersTwice':
			return settings.endlessList === 'off' ? undefined : 'no page holds two customers';
		case 'attestationAcceptance':
			return settings.attestation === 'off' ? 'there is no attestation' : undefined;
		case 'attestationDelay':
		case 'attestationLinkLifetime':
			if (settings.attestation === 'off') return 'there is no attestation';
			return settings.attestationAcceptance === 'atOnce' ? 'nobody has to accept' : undefined;
		default:
			return undefined;
	}
}
