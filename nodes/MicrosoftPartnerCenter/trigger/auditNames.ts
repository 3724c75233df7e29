/**
 * What Microsoft's pages name as resources, operations and states of audit records. The lists are cut
 * off in every copy that could be read, so they are suggestions; any other name can be entered.
 *
 * @see https://learn.microsoft.com/partner-center/developer/auditing-resources
 */
export const RESOURCE_TYPES = [
	'agreement',
	'application',
	'application_credential',
	'customer',
	'customer_user',
	'license',
	'mpn_association',
	'order',
	'partner_customer_relationship',
	'partner_relationship',
	'partner_user',
	'subscription',
	'third_party_add_on',
	'transfer',
] as const;

export const OPERATION_TYPES = [
	'add_application_credential',
	'add_customer',
	'convert_trial_subscription',
	'create_agreement',
	'create_customer_user',
	'create_mpn_association',
	'create_order',
	'create_partner_relationship',
	'create_partner_user',
	'delete_customer',
	'delete_customer_user',
	'register_application',
	'remove_application_credential',
	'remove_partner_customer_relationship',
	'remove_partner_user',
	'reset_customer_user_password',
	'restore_customer_user',
	'unregister_application',
	'update_customer_billing_profile',
	'update_customer_partner_contract_company_name',
	'update_customer_qualification',
	'update_customer_spending_budget',
	'update_customer_user',
	'update_customer_user_licenses',
	'update_customer_user_principal_name',
	'update_mpn_association',
	'update_order',
	'update_partner_user',
	'update_sfb_customer_user_licenses',
	'update_subscription',
	'update_transfer',
	'upgrade_subscription',
] as const;

export const OPERATION_STATUSES = ['decline', 'failed', 'progress', 'succeeded'] as const;
