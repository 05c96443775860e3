/** Header that marks the request of the credential test. `authenticate` removes it, so it is never sent. */
export const TEST_MARK = 'x-credential-test';
