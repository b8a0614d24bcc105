using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Patterns;

/// <summary>Text that matches a regular expression.</summary>
internal static class PatternSource
{
    public static ValueSource? Create(SourceContext context)
    {
        var pattern = context.Text("regex");
        if (context.Failed())
            return null;
        try
        {
            var space = PatternSpace.Create(pattern);
            if (context.MaxLength is { } length && space.Within(length) is null)
                return context.Refuse<ValueSource?>("regex", $"no text of at most {length} characters matches {pattern}", null);
            if (context.Type == FieldType.Integer && (space.MaxLength > 18 || !space.IsNumber))
                return context.Refuse<ValueSource?>("regex", "a pattern for a whole number may give digits only, at most 18, and the first must not be 0", null);
            return PhraseSource.Create(context, space);
        }
        catch (FormatException problem)
        {
            return context.Refuse<ValueSource?>("regex", $"the pattern {pattern} has {problem.Message}", null);
        }
    }
}
