using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Numbers;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.People;

/// <summary>The person's birthday, or the age at the as-of date that follows from it.</summary>
internal sealed class AgeSource : ValueSource
{
    private readonly ulong key;
    private readonly bool birthday;
    private readonly DateTime today;
    private readonly long first;
    private readonly long count;
    private readonly long unit;
    private readonly NumberScale scale;

    private AgeSource(SourceContext context, bool birthday, int youngest, int oldest)
    {
        (key, this.birthday, scale) = (Person.Key(context), birthday, new(context));
        unit = context.Type == FieldType.Timestamp ? TimeText.Day : 1;
        today = context.Options.AsOf.UtcDateTime.Date;
        first = Day(today.AddYears(-oldest - 1).AddDays(1));
        count = Day(today.AddYears(-youngest)) - first + 1;
    }

    public static ValueSource? Create(SourceContext context, bool birthday)
    {
        var (youngest, oldest) = (context.Integer("minAge"), context.Integer("maxAge"));
        if (youngest > oldest)
            context.Refuse("minAge", $"\"minAge\" {youngest} is above \"maxAge\" {oldest}", false);
        return context.Failed() ? null : new AgeSource(context, birthday, (int)youngest, (int)oldest);
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var day = first + (long)Randomness.Bounded(Person.Of(key, rows[i]).Bits(5), (ulong)count);
            if (birthday)
            {
                ((LongColumn)target).Values[i] = day * unit;
                continue;
            }

            var born = DateTime.UnixEpoch.AddDays(day);
            var age = today.Year - born.Year;
            scale.Set(target, i, (long)(born.AddYears(age) > today ? age - 1 : age));
        }
    }

    private static long Day(DateTime date) => (date - DateTime.UnixEpoch).Days;
}
