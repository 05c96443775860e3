import type { INodeProperties } from 'n8n-workflow';

export const phoneField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +7 968 000-00-00',
	description: "Needed. The recipient's mobile number.",
};

/** The field of an operation that has no other way to give the person. */
export const requiredPhone: INodeProperties = { ...phoneField, required: true };
