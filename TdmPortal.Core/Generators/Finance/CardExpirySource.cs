using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Finance;

/// <summary>Month and year in the five years from as-of, as on a card: 07/29.</summary>
internal static class CardExpirySource
{
    public static ValueSource Create(SourceContext context)
    {
        var now = context.Options.AsOf.UtcDateTime;
        return PhraseSource.Create(context, new WordList(Enumerable.Range(1, 60).Select(months => now.AddMonths(months)).Select(date => FormattableString.Invariant($"{date.Month:00}/{date.Year % 100:00}"))));
    }
}
