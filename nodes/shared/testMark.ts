/** Header that marks the request of the credential test. It never goes over the wire. */
export const TEST_MARK = 'x-credential-test';
