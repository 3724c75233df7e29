/** The people of the partner who can sign in to the emulator. */
export interface PartnerUser {
	/** Object id in the partner tenant; becomes `userId` of the agreements this user confirms. */
	oid: string;
	upn: string;
	name: string;
	role: string;
}

/** Carries the user id of Microsoft's documented answer. */
export const DEFAULT_PARTNER_USER: PartnerUser = {
	oid: '3d6f2c09-eb40-48ca-a4b3-d24c9c007531',
	upn: 'admin.agent@samplepartner.onmicrosoft.com',
	name: 'Robin Admin',
	role: 'Admin agent',
};

export const partnerUsers: readonly PartnerUser[] = [
	DEFAULT_PARTNER_USER,
	{
		oid: '8a1f6d53-2a0e-4c55-9d0c-6f2b1de7a914',
		upn: 'sales.agent@samplepartner.onmicrosoft.com',
		name: 'Sam Sales',
		role: 'Sales agent',
	},
];
