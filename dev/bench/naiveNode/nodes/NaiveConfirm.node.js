/**
 * The node that one writes first: the template once, then one request per item, one after another,
 * each field by getNodeParameter, and n8n's helper as it is.
 */
const CREDENTIAL = 'microsoftPartnerCenterOAuth2Api';

const text = (displayName, name) => ({ displayName, name, type: 'string', default: '' });

class NaiveConfirm {
	constructor() {
		this.description = {
			displayName: 'Naive Confirm',
			name: 'naiveConfirm',
			group: ['transform'],
			version: 1,
			description: 'Confirms customer agreements',
			defaults: { name: 'Naive Confirm' },
			inputs: ['main'],
			outputs: ['main', 'main'],
			outputNames: ['Confirmed', 'Already Exists'],
			credentials: [{ name: CREDENTIAL, required: true }],
			properties: [
				text('Customer ID', 'customerId'),
				text('First Name', 'firstName'),
				text('Last Name', 'lastName'),
				text('Email', 'email'),
				text('Date Agreed', 'dateAgreed'),
			],
		};
	}

	async execute() {
		const { apiBaseUrl } = await this.getCredentials(CREDENTIAL);
		const send = async (options) =>
			await this.helpers.httpRequestWithAuthentication.call(this, CREDENTIAL, {
				json: true,
				...options,
			});
		const { items: templates } = await send({
			url: `${apiBaseUrl}/v1/agreements?agreementType=MicrosoftCustomerAgreement`,
		});
		const { templateId } = templates[0];
		const confirmed = [];
		const alreadyExists = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			const customerId = this.getNodeParameter('customerId', item);
			const { statusCode, body } = await send({
				method: 'POST',
				url: `${apiBaseUrl}/v1/customers/${customerId}/agreements`,
				body: {
					primaryContact: {
						firstName: this.getNodeParameter('firstName', item),
						lastName: this.getNodeParameter('lastName', item),
						email: this.getNodeParameter('email', item),
					},
					templateId,
					dateAgreed: this.getNodeParameter('dateAgreed', item),
					type: 'MicrosoftCustomerAgreement',
				},
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
			});
			const output = { json: { customerId, ...body }, pairedItem: { item } };
			(statusCode === 201 ? confirmed : alreadyExists).push(output);
		}
		return [confirmed, alreadyExists];
	}
}

module.exports = { NaiveConfirm };
