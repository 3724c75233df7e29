/**
 * How long a test may take that does not say so itself. No test is about the speed of the machine:
 * a real engine, a real server or a browser gets the time that it needs on a busy one, too.
 */
jest.setTimeout(60_000);
