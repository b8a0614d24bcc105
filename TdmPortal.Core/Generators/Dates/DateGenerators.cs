using TdmPortal.Core.Generators.Numbers;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Dates;

/// <summary>Days, instants and times of day; relative ones count from the as-of instant.</summary>
internal static class DateGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Make("date.between", "Any moment between two, which may be relative: now-2y, now.", Kinds.AnyMoment,
            [Date("from", "The earliest; a time of day for a time.", "now-1y"), Date("to", "The latest.", "now"),
                new("weights", ArgumentKind.Numbers, "How often a moment falls into each of as many equal parts of the time between; without it all are alike.")],
            "range, random date, created at, timestamp") with { Create = MomentSource.Between },
        Make("date.after", "Some time after another date of the row or of its parent.", Kinds.AnyMoment,
            [
                new("of", ArgumentKind.Field, "A date field, or parent(relationship).field.") { Required = true },
                Duration("min", "At least this much later.", "0d"),
                Duration("max", "At most this much later.", "30d"),
                Date("until", "What would come after this is null instead, such as now for things that may not have happened yet."),
            ], "later, end date, delivered, closed, due", """{"of":"created_at","min":"1d","max":"30d"}""") with { Create = DateAfterSource.Create },
        Make("date.past", "A moment in the last years.", Kinds.Moment, [Integer("years", "How far back at most.", 1, 1, 1000)], "before, history, created") with { Create = static c => MomentSource.FromNow(c, "years", "y", -1) },
        Make("date.future", "A moment in the next years.", Kinds.Moment, [Integer("years", "How far ahead at most.", 1, 1, 1000)], "later, expiry, deadline") with { Create = static c => MomentSource.FromNow(c, "years", "y", 1) },
        Make("date.recent", "A moment in the last days.", Kinds.Moment, [Integer("days", "How far back at most.", 7, 1, 100000)], "lately, last seen") with { Create = static c => MomentSource.FromNow(c, "days", "d", -1) },
        Make("date.soon", "A moment in the next days.", Kinds.Moment, [Integer("days", "How far ahead at most.", 7, 1, 100000)], "upcoming, due") with { Create = static c => MomentSource.FromNow(c, "days", "d", 1) },
        Make("date.timeOfDay", "A time of day between two.", [Schemas.FieldType.Time],
            [Text("from", "The earliest.", "00:00:00"), Text("to", "The latest.", "23:59:59")], "hour, clock, opening hours", """{"from":"08:00:00","to":"18:00:00"}""") with { Create = static c => MomentSource.TimeOfDay(c, "from", "to") },
        Make("date.year", "A year as a number.", Kinds.Whole, [Integer("min", "The earliest.", 1990, 1, 9999), Integer("max", "The latest.", 2025, 1, 9999)], "model year, vintage") with { Create = static c => UniformSource.Whole(c, c.Integer("min"), c.Integer("max")) },
        Words("date.month", "The name of a month.", "[date.month.wide]", "january"),
        Words("date.weekday", "The name of a day of the week.", "[date.weekday.wide]", "monday, day"),
        Words("date.quarter", "A quarter of a year.", "[date.quarter]", "Q1, fiscal"),
        Words("date.timeZone", "A time zone by its IANA name.", "[address.time_zone]", "tz, Europe/Berlin"),
        Words("date.duration", "A length of time in ISO 8601.", "P[date.days]D || PT[date.hours]H || PT[date.hours]H[date.minutes]M", "interval, period"),
        Words("date.cron", "A schedule in cron's five fields.", "[date.minutes] [date.cron_hours] * * * || [date.minutes] [date.cron_hours] * * 1-5 || [date.minutes] [date.cron_hours] 1 * * || */5 * * * * || */15 * * * *", "schedule, recurring"),
    ];
}
