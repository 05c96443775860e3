// The states of payouts and payments (store/operationState.mts) in words and colours, in the order of the figures.
export const STATES = {
	paid: ['paid', 'good'],
	returned: ['returned', 'bad'],
	awaitingConfirmation: ['to confirm', 'wait'],
	awaitingPayer: ['waiting for the payer', 'wait'],
	awaitingCapture: ['to capture', 'wait'],
	inProgress: ['in progress', 'busy'],
	declined: ['declined', 'bad'],
	cancelled: ['cancelled', ''],
	unknown: ['unknown', 'bad'],
};
