using TdmPortal.Core.PersonalData;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>Says which columns hold personal data, before anything of their values is looked at for the document.</summary>
internal static class PersonalColumns
{
    private const int TextsLookedAt = 1000;
    private const int RowsLookedAt = 1000;

    /// <summary>Shorter texts stand in others by chance.</summary>
    private const int LeastLength = 4;

    /// <summary>By what is known, by names and values, and by what repeats the personal values of its row.</summary>
    /// <param name="known">Kinds by <c>entity.field</c>.</param>
    public static void Find(LearnedEntity entity, IReadOnlyDictionary<string, string> known)
    {
        var open = new List<LearnedColumn>();
        foreach (var column in entity.Columns)
        {
            var kind = known.GetValueOrDefault(column.Id) ?? column.Field.Personal;
            if (kind != PersonalKinds.None)
                column.Personal = kind ?? PersonalGenerators.Find(entity.Name, column.Field, [.. entity.Texts(column).Take(TextsLookedAt)]);
            if (kind is null && column.Personal is null && column.Profile.Profile.Lengths is not null)
                open.Add(column);
        }

        var personal = entity.Columns.Where(column => column.Personal is not null).ToList();
        foreach (var column in open.Where(column => Repeats(entity, column, personal)))
            column.Personal = "free_text";
    }

    /// <summary>Whether texts have personal values of their own row in them; two rows are enough.</summary>
    private static bool Repeats(LearnedEntity entity, LearnedColumn column, List<LearnedColumn> personal)
    {
        var rows = 0;
        foreach (var row in entity.Sample.Take(RowsLookedAt))
        {
            if (row.Texts[column.Place] is { } text && personal.Exists(other => row.Texts[other.Place] is { Length: >= LeastLength } part && text.Contains(part, StringComparison.OrdinalIgnoreCase)))
                rows++;
            if (rows > 1)
                return true;
        }

        return false;
    }
}
