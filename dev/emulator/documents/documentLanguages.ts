/**
 * In which countries and languages there is a Microsoft Customer Agreement.
 * Source: download-customer-agreement-template on Microsoft Learn, as of March 2021.
 */

/** Offered everywhere. */
export const DEFAULT_LANGUAGE = 'en-US';
export const DEFAULT_COUNTRY = 'US';

const COUNTRIES = `
	AX AF AL DZ AS AD AO AI AQ AG AR AM AW AU AT AZ BS BH BD BB BY BE BZ BJ BM BT BO BQ BA BW BV BR
	IO VG BN BG BF BI CI CV KH CM CA KY CF TD CL CX CC CO KM CD CG CK CR HR CW CY CZ DK DJ DM DO EC
	EG SV GQ ER EE SZ ET FK FO FJ FI FR GF PF TF GA GM GE DE GH GI GR GL GD GP GU GT GG GN GW GY HT
	HM HN HK HU IS IN ID IQ IE IM IL IT JM XJ JP JE JO KZ KE KI KR XK KW KG LA LV LB LS LR LY LI LT
	LU MO MK MG MW MY MV ML MT MH MQ MR MU YT MX FM MD MC MN ME MS MA MZ MM NA NR NP NL NC NZ NI NE
	NG NU NF MP NO OM PK PW PS PA PG PY PE PH PN PL PT PR QA RE RO RU RW ST XS BL KN LC MF PM VC WS
	SM SA SN RS SC SL SG XE SX SK SI SB SO ZA GS SS ES LK SH SR SJ SE CH TW TJ TZ TH TL TG TK TO TT
	TN TR TM TC TV UM VI UG UA AE GB US UY UZ VU VA VE VN WF YE ZM ZW`;

/** Besides en-US. */
const FURTHER_LANGUAGES: Readonly<Record<string, string>> = {
	'ar-SA': 'BH EG IQ JO KW LB LY MU OM QA AE YE',
	'bg-BG': 'BG',
	'cs-CZ': 'CZ',
	'da-DK': 'DK',
	'de-DE': 'AT DE LI',
	'el-GR': 'GR',
	'es-ES': 'AR BZ BO CL CO CR DO SV GT HN MX NI PA PY PE ES UY VE',
	'et-EE': 'EE',
	'fi-FI': 'FI',
	'fr-FR': 'DZ CI CM CA FR GF LU MC MA RW ST SN CH TN',
	'he-IL': 'IL',
	'hi-IN': 'IN',
	'hr-HR': 'HR',
	'hu-HU': 'HU',
	'id-ID': 'ID',
	'it-IT': 'IT',
	'ja-JP': 'JP',
	'kk-KZ': 'KZ',
	'ko-KR': 'KR',
	'lt-LT': 'LT',
	'lv-LV': 'LV',
	'ms-MY': 'MY',
	'nb-NO': 'NO',
	'nl-NL': 'BE NL',
	'pl-PL': 'PL',
	'pt-BR': 'BR',
	'pt-PT': 'AO CV PT',
	'ro-RO': 'MD RO',
	'ru-RU': 'BY KG RU UZ',
	'sk-SK': 'SK',
	'sl-SI': 'SI',
	'sr-Latn-RS': 'RS',
	'sv-SE': 'SE',
	'th-TH': 'TH',
	'tr-TR': 'TR',
	'uk-UA': 'UA',
	'vi-VN': 'VN',
	'zh-HK': 'HK MO TW',
	'zh-SG': 'SG',
};

/** Languages by ISO 3166 country code in capitals, en-US first. */
export const documentLanguages: ReadonlyMap<string, readonly string[]> = new Map(
	codesIn(COUNTRIES).map((country) => [
		country,
		[
			DEFAULT_LANGUAGE,
			...Object.entries(FURTHER_LANGUAGES)
				.filter(([, countries]) => codesIn(countries).includes(country))
				.map(([language]) => language),
		],
	]),
);

function codesIn(list: string): string[] {
	return list.trim().split(/\s+/);
}
