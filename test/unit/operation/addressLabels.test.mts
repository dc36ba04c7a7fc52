import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { addressField, address } from '../../../nodes/Sparx/resources/address.ts';
import { readInput } from '../../../nodes/shared/operation/input.ts';
import { operation } from '../../../nodes/shared/operation/operation.ts';
import { contextWith } from './parameters.mts';

const change = operation({
	name: 'Change',
	value: 'change',
	action: 'Change',
	description: 'Takes an address among other fields',
	fields: [
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'collection',
			default: {},
			options: [addressField('Billing Address', 'billingAddress')],
		},
		addressField('Shipping Address', 'shippingAddress'),
	] as INodeProperties[],
	input: z.object({
		fields: z.object({ billingAddress: address.optional() }).default({}),
		shippingAddress: address.optional(),
	}),
	safety: 'idempotent',
	request: () => ({ method: 'PUT', path: ['x'] }),
});

const messageOf = (values: IDataObject): string => {
	try {
		readInput(contextWith([values]), change, 0);
	} catch (error) {
		return (error as Error).message;
	}
	return 'fine';
};

const whole = { line1: '1 Market Street', city: 'Lyon', country: 'FR' };

it.each([
	[{ address: { ...whole, line1: '' } }, 'Line 1" is missing'],
	[{ address: { ...whole, city: undefined } }, 'City" is missing'],
	[{ address: { ...whole, country: 'France' } }, 'Country" must be two letters, such as US'],
	[{ address: { ...whole, postalCode: 75001 } }, 'Postal Code" must be a text, but is 75001'],
	[{ address: {} }, 'Line 1" is missing'],
])('a part of an address is called by its name: %j', (given, message) => {
	expect(messageOf({ fields: { billingAddress: given as IDataObject } })).toBe(
		`"Billing Address > ${message}`,
	);
	expect(messageOf({ shippingAddress: given as IDataObject })).toBe(`"Shipping Address > ${message}`);
});

it('an address that is whole is fine, and so is none', () => {
	expect(
		messageOf({ fields: { billingAddress: { address: whole } }, shippingAddress: { address: whole } }),
	).toBe('fine');
	expect(messageOf({})).toBe('fine');
});

it('an expression may give the parts as they are', () => {
	expect(messageOf({ shippingAddress: whole })).toBe('fine');
	expect(messageOf({ shippingAddress: { city: 'Lyon' } })).toBe('"Shipping Address > Line 1" is missing');
});
