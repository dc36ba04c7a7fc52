import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { isTimeZone, minuteOfDay, type CallingHours } from './hours';
import type { CallingRules } from './rules';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const WORKDAYS = [1, 2, 3, 4, 5];

/** What a person can set about when a lead may be called. */
export const callingOptions: INodeProperties[] = [
	{
		displayName: 'Calling Hours',
		name: 'callingHours',
		type: 'fixedCollection',
		placeholder: 'Set hours',
		default: {},
		description:
			'When leads may be called. Outside of these hours no call is placed, and the output says when one may be.',
		options: [
			{
				displayName: 'Hours',
				name: 'hours',
				values: [
					{
						displayName: 'From',
						name: 'from',
						type: 'string',
						default: '09:00',
						placeholder: 'e.g. 09:00',
						description:
							'The first minute in which calls are placed, as hours and minutes of the 24-hour clock',
					},
					{
						displayName: 'Time Zone',
						name: 'timeZone',
						type: 'string',
						default: '={{ $now.zoneName }}',
						placeholder: 'e.g. Europe/Berlin',
						description: "The lead's time zone, as an IANA name. Preset to the time zone of the workflow.",
					},
					{
						displayName: 'Time Zone Field',
						name: 'timeZoneField',
						type: 'string',
						default: '',
						placeholder: 'e.g. time_zone',
						description:
							'A field of the lead in Spara that holds its time zone. Where it is empty, Time Zone counts. It takes a second request to read it.',
					},
					{
						displayName: 'To',
						name: 'to',
						type: 'string',
						default: '18:00',
						placeholder: 'e.g. 18:00',
						description: 'The minute from which on no more calls are placed, up to 24:00',
					},
					{
						displayName: 'Weekdays',
						name: 'weekdays',
						type: 'multiOptions',
						options: WEEKDAYS.map((name, index) => ({ name, value: index + 1 })),
						default: [1, 2, 3, 4, 5],
					},
				],
			},
		],
	},
	{
		displayName: 'Do Not Call Field',
		name: 'doNotCallField',
		type: 'string',
		default: '',
		placeholder: 'e.g. do_not_call',
		description:
			'A field of the lead in Spara that says that it must not be called. The lead is called only where the field is empty, false, no or 0.',
	},
	{
		displayName: 'Maximum Calls',
		name: 'maximumCalls',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 3,
		description:
			'How many calls a lead may get in all. Counted are the calls that Spara shows for the lead, those of other workflows and people included.',
	},
	{
		displayName: 'Minimum Hours Between Calls',
		name: 'minimumHoursBetweenCalls',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		description: "How many hours must have passed since the start of the lead's last call that Spara shows",
	},
];

const time = z.string().transform((text, context) => {
	const minute = minuteOfDay(text);
	if (minute !== undefined) return minute;
	context.addIssue({ code: 'custom', message: `must be a time such as 09:00, but is "${text}"` });
	return z.NEVER;
});

const hours = z
	.object({
		from: time,
		to: time,
		weekdays: z
			.array(z.number().int().min(1).max(WEEKDAYS.length))
			.min(1, 'must name one weekday at least')
			.default(WORKDAYS),
		timeZone: z
			.string()
			.trim()
			.refine(isTimeZone, (name) => ({
				message: `must be a time zone such as Europe/Berlin, but is "${name}"`,
			})),
		timeZoneField: z.string().trim().optional(),
	})
	.refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than From' });

/** Keys of the Options collection, as a schema's shape. */
export const callingInput = {
	callingHours: z.object({ hours: hours.optional() }).optional(),
	doNotCallField: z.string().trim().min(1).optional(),
	maximumCalls: z.number().int('must be a whole number').positive('must be 1 or more').optional(),
	minimumHoursBetweenCalls: z.number().nonnegative('must be 0 or more').optional(),
};

export type CallingInput = z.infer<z.ZodObject<typeof callingInput>>;

/** Whether any of the rules needs to know the lead. */
export function needsLead({
	callingHours,
	doNotCallField,
	maximumCalls,
	minimumHoursBetweenCalls,
}: CallingInput): boolean {
	const zoneField = callingHours?.hours?.timeZoneField;
	return [zoneField, doNotCallField, maximumCalls, minimumHoursBetweenCalls].some(Boolean);
}

function hoursFor({ callingHours }: CallingInput, lead: IDataObject): CallingHours | undefined {
	if (!callingHours?.hours) return undefined;
	const { timeZoneField, ...stated } = callingHours.hours;
	const own = timeZoneField ? (lead.data as IDataObject | undefined)?.[timeZoneField] : undefined;
	if (own === undefined || own === null || own === '') return stated;
	if (!isTimeZone(String(own))) {
		throw new UserError(
			`The lead's field "${timeZoneField}" holds "${String(own)}", which is not a time zone`,
			{
				description:
					'The lead was not called. Correct the field in Spara to a name such as Europe/Berlin, or empty it.',
			},
		);
	}
	return { ...stated, timeZone: String(own) };
}

/**
 * The rules that hold for one lead.
 * @param lead as Spara's API shows it; empty where no rule needs it
 * @throws UserError when the lead's own time zone is none
 */
export function rulesFor(input: CallingInput, lead: IDataObject): CallingRules {
	const { doNotCallField, maximumCalls, minimumHoursBetweenCalls } = input;
	return { hours: hoursFor(input, lead), doNotCallField, maximumCalls, minimumHoursBetweenCalls };
}
