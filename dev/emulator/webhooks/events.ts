/** The events a partner can register for, as partner-center-webhooks on Microsoft Learn names them. */
export const TEST_EVENT = 'test-created';

export const EVENTS: readonly string[] = [
	'azure-fraud-event-detected',
	'dap-admin-relationship-approved',
	'dap-admin-relationship-terminated',
	'dap-admin-relationship-terminated-by-microsoft',
	'granular-admin-access-assignment-activated',
	'granular-admin-access-assignment-created',
	'granular-admin-relationship-approved',
	'indirect-reseller-relationship-accepted-by-customer',
	'invoice-ready',
	'reseller-relationship-accepted-by-customer',
	'subscription-updated',
	TEST_EVENT,
	'usagerecords-thresholdExceeded',
];
