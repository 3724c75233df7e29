/**
 * Fictional customers that the emulator starts with. Ids and contacts are stable, so that
 * demonstrations and documents can name them.
 *
 * Fresh, nothing confirmed yet:
 *   14876998-c0dc-46e6-9d0c-65a57a6c32ec  Contoso (the customer of Microsoft's documentation)
 *   4cd01ca6-16bc-478d-893a-ac4d327c871f  Northwind Traders
 *   92326f34-edff-4cc7-af9f-7b3647987325  Wide World Importers
 *   399efcee-b9ca-4047-9026-bf42a32dd302  Proseware
 *   ac620508-39b7-4437-b99c-7569b660cb8e  Coho Winery
 *   4d7782ae-183f-4616-b083-d9b0bc6de596  Margie's Travel
 *
 * Confirmed with exactly this contact (the same again is error 600061):
 *   e0e40d06-2d2a-4503-acd3-bd68c96d1b02  Fabrikam: Femke | van der Meulen | femke.vandermeulen@fabrikam.example | +31 20 555 0142
 *   951f0ddc-b9b5-480e-a10b-abf0835bafa0  Adventure Works: Győző | Szőke-Nagy | gyozo.szoke@adventure-works.example | +36 1 555 0187
 *   76973182-d543-4a39-bd11-f6a355c8bc38  Tailspin Toys: Åsa | Björkström | asa.bjorkstrom@tailspintoys.example | no phone
 *   ffd545db-07b1-4054-b9ac-5d69cf2417f2  Litware: İpek | Yıldızoğlu | ipek.yildizoglu@litware.example | +90 212 555 0163
 *   d240575d-b0ea-40dd-8187-231dd329826a  Woodgrove Bank: 美咲 | 山田 | misaki.yamada@woodgrove.example | +81 3 5550 0119
 *   e74958fa-f6e2-4365-9a84-9e6b61ec55e9  Humongous Insurance: Sanne | IJsbrandts | sanne.ijsbrandts@humongous.example | no phone
 *     (accepted on 2021-11-05, before Microsoft renewed the terms on 2023-04-01; a Cloud Agreement as well)
 *
 * Other (with these, every case of who has accepted which agreement is there):
 *   a6fb5f9e-a47b-46b5-a7e0-2a7e774b1224  Trey Research: accepted by the customer itself, nothing confirmed
 *   f34259b5-9534-41ed-990f-90bbeb62b024  Alpine Ski House: no reseller relationship (error 20002)
 */
import type { EmulatorStateInput } from './state';
import { CLOUD_TEMPLATE_ID } from './templates';

export const sampleState: EmulatorStateInput = {
	customers: [
		{
			id: '14876998-c0dc-46e6-9d0c-65a57a6c32ec',
			companyName: 'Contoso',
			domain: 'contoso.onmicrosoft.com',
		},
		{
			id: 'e0e40d06-2d2a-4503-acd3-bd68c96d1b02',
			companyName: 'Fabrikam',
			domain: 'fabrikam.onmicrosoft.com',
			agreements: [
				{
					primaryContact: {
						firstName: 'Femke',
						lastName: 'van der Meulen',
						email: 'femke.vandermeulen@fabrikam.example',
						phoneNumber: '+31 20 555 0142',
					},
					dateAgreed: '2024-03-18T00:00:00Z',
				},
			],
		},
		{
			id: '951f0ddc-b9b5-480e-a10b-abf0835bafa0',
			companyName: 'Adventure Works',
			domain: 'adventureworks.onmicrosoft.com',
			agreements: [
				{
					primaryContact: {
						firstName: 'Győző',
						lastName: 'Szőke-Nagy',
						email: 'gyozo.szoke@adventure-works.example',
						phoneNumber: '+36 1 555 0187',
					},
					dateAgreed: '2024-09-02T08:30:00Z',
				},
			],
		},
		{
			id: '4cd01ca6-16bc-478d-893a-ac4d327c871f',
			companyName: 'Northwind Traders',
			domain: 'northwindtraders.onmicrosoft.com',
		},
		{
			id: '76973182-d543-4a39-bd11-f6a355c8bc38',
			companyName: 'Tailspin Toys',
			domain: 'tailspintoys.onmicrosoft.com',
			accountVerification: 'Allowed',
			agreements: [
				{
					primaryContact: {
						firstName: 'Åsa',
						lastName: 'Björkström',
						email: 'asa.bjorkstrom@tailspintoys.example',
					},
					dateAgreed: '2025-01-13T00:00:00Z',
				},
			],
		},
		{
			id: '92326f34-edff-4cc7-af9f-7b3647987325',
			companyName: 'Wide World Importers',
			domain: 'wideworldimporters.onmicrosoft.com',
		},
		{
			id: 'ffd545db-07b1-4054-b9ac-5d69cf2417f2',
			companyName: 'Litware',
			domain: 'litware.onmicrosoft.com',
			accountVerification: 'UnderReview',
			agreements: [
				{
					primaryContact: {
						firstName: 'İpek',
						lastName: 'Yıldızoğlu',
						email: 'ipek.yildizoglu@litware.example',
						phoneNumber: '+90 212 555 0163',
					},
					dateAgreed: '2023-06-21T14:05:00Z',
				},
			],
		},
		{
			id: '399efcee-b9ca-4047-9026-bf42a32dd302',
			companyName: 'Proseware',
			domain: 'proseware.onmicrosoft.com',
		},
		{
			id: 'd240575d-b0ea-40dd-8187-231dd329826a',
			companyName: 'Woodgrove Bank',
			domain: 'woodgrovebank.onmicrosoft.com',
			agreements: [
				{
					primaryContact: {
						firstName: '美咲',
						lastName: '山田',
						email: 'misaki.yamada@woodgrove.example',
						phoneNumber: '+81 3 5550 0119',
					},
					dateAgreed: '2025-04-01T00:00:00Z',
				},
			],
		},
		{
			id: 'ac620508-39b7-4437-b99c-7569b660cb8e',
			companyName: 'Coho Winery',
			domain: 'cohowinery.onmicrosoft.com',
		},
		{
			id: 'a6fb5f9e-a47b-46b5-a7e0-2a7e774b1224',
			companyName: 'Trey Research',
			domain: 'treyresearch.onmicrosoft.com',
			directSigned: true,
		},
		{
			id: 'f34259b5-9534-41ed-990f-90bbeb62b024',
			companyName: 'Alpine Ski House',
			domain: 'alpineskihouse.onmicrosoft.com',
			relationshipToPartner: 'none',
		},
		{
			id: '4d7782ae-183f-4616-b083-d9b0bc6de596',
			companyName: "Margie's Travel",
			domain: 'margiestravel.onmicrosoft.com',
		},
		{
			id: 'e74958fa-f6e2-4365-9a84-9e6b61ec55e9',
			companyName: 'Humongous Insurance',
			domain: 'humongousinsurance.onmicrosoft.com',
			agreements: [
				{
					primaryContact: {
						firstName: 'Sanne',
						lastName: 'IJsbrandts',
						email: 'sanne.ijsbrandts@humongous.example',
					},
					dateAgreed: '2019-02-11T00:00:00Z',
					templateId: CLOUD_TEMPLATE_ID,
				},
				{
					primaryContact: {
						firstName: 'Sanne',
						lastName: 'IJsbrandts',
						email: 'sanne.ijsbrandts@humongous.example',
					},
					dateAgreed: '2021-11-05T00:00:00Z',
				},
			],
		},
	],
};
