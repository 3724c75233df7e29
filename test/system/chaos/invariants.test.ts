/** The judgement over chaos runs: an error item has to show the faults that failed it. */
import type { LoggedRequest } from '../../../dev/emulator/control/RequestLog';
import { errorsWithoutFault } from './invariants';

const ID = '588c95f4-78f2-4190-93c8-765798bb1869';
const error = {
	json: { message: `Failed. MS-RequestId ${ID}, MS-CorrelationId ${ID}.`, customerId: 'none' },
};

type Answer = Pick<LoggedRequest, 'status' | 'fault'>;
const badGateway: Answer = { status: 502, fault: 'html-502' };
/** The token's time was over: nobody's fault, and no try of the request is used up. */
const expired: Answer = { status: 401, fault: null };
const refusedToken: Answer = { status: 401, fault: 'expired-401' };
const unanswered: Answer = { status: null, fault: null };
const created: Answer = { status: 201, fault: null };

function isWithoutFault(answers: Answer[], mayBeRefused = true): boolean {
	const requests = answers.map((answer) => ({
		...answer,
		method: 'POST',
		path: '/v1/customers/1/agreements',
		headers: { 'ms-requestid': ID },
	}));
	const emulator = { requests: requests as unknown as LoggedRequest[] };
	return errorsWithoutFault([error], emulator, mayBeRefused).length > 0;
}

const six = Array.from({ length: 6 }, () => badGateway);

it.each<[string, boolean, Answer[]]>([
	['six faults', false, six],
	['six faults, and a token that expired on the way', false, [expired, ...six]],
	['six faults, and a token that was refused on the way', false, [...six, refusedToken]],
	['five faults, and one call whose time was up', false, [...six.slice(1), unanswered]],
	['a token that was refused twice at the end', false, [expired, refusedToken]],
	['five faults', true, six.slice(1)],
	['five faults, and a token that expired on the way', true, [expired, ...six.slice(1)]],
	['six faults and a success', true, [...six, created]],
	['no request at all', true, []],
])('an item that met %s: without a fault of its own is %s', (_what, expected, answers) => {
	expect(isWithoutFault(answers)).toBe(expected);
});

it('a token that is refused twice is a fault where none may be refused', () => {
	expect(isWithoutFault([expired, refusedToken], false)).toBe(true);
});
