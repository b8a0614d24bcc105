namespace TdmPortal.Core.Schemas.Validation;

/// <summary>Templates: <c>{field}</c>, <c>{parent(relationship).field}</c>, <c>{###}</c>, and <c>{{ }}</c> for braces.</summary>
internal static class TemplateRules
{
    public static void Check(ArgumentRules.Place place, string name, string template)
    {
        for (var at = 0; at < template.Length; at++)
        {
            var c = template[at];
            if (c is not ('{' or '}'))
                continue;
            if (at + 1 < template.Length && template[at + 1] == c)
            {
                at++;
                continue;
            }

            var end = c == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0)
            {
                place.Error(name, c == '{' ? $"The brace at character {at + 1} is never closed." : $"The brace at character {at + 1} closes nothing.", $"Write {c}{c} for a brace");
                return;
            }

            var part = template[(at + 1)..end];
            if (part.Length == 0)
                place.Error(name, $"The braces at character {at + 1} are empty.", "Write a field's name or # for a digit between them");
            else if (part.Any(one => one != '#'))
                ArgumentRules.CheckReference(place, name, part);
            at = end;
        }
    }
}
