using System.Globalization;
using TdmPortal.Core.Import.Checks;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>What fills each column, with the reason.</summary>
internal sealed partial class ImportRun
{
    public void ChooseGenerators()
    {
        foreach (var (second, first) in twins)
            AlignTwins(second, first);
        foreach (var column in Tables.SelectMany(table => table.Columns).Where(column => column is { IsSkipped: false, IsLinked: false, IsSettled: false }))
            column.Generator = Choose(column);
        foreach (var link in implied)
            Imply(link);
        foreach (var (kept, moved) in unequal)
            Follow(kept, moved);
    }

    /// <summary>Fields whose generator depends on the number of rows of another entity, made anew when that changes.</summary>
    public List<(ImportColumn Column, ImportTable Parent, Func<long, ProposedGenerator> Make)> Dependents { get; } = [];

    private void Depend(ImportColumn column, ImportTable parent, Func<long, ProposedGenerator> make)
    {
        column.Generator = make(parent.Rows);
        column.IsSettled = true;
        column.NullPercent = 0;
        Dependents.Add((column, parent, make));
    }

    private void Follow(ImportLink kept, ImportLink moved)
    {
        if (isOrdered.Contains(kept) || moved.Target[0].Generator is not { Generator: "sequence" } counter || counter.Args["within"] is not null)
        {
            FollowListed(kept, moved);
            return;
        }

        var (start, step, other) = (counter.Args["start"]?.GetInt64() ?? 1, counter.Args["step"]?.GetInt64() ?? 1, CheckTranslator.Name(kept.Columns[0]));
        Depend(moved.Columns[0], moved.Parent, rows => new("expression", Args([("value", $"if({other} = {start + (step * (rows - 1))}, {start}, {other} + {step})")]), $"it must differ from {kept.Columns[0].Field}, so it is the key after it", 0.8));
    }

    private ProposedGenerator Choose(ImportColumn column)
    {
        var table = column.Table;
        if (column.Source.Identity is { } identity && column.Facts.Choices is null)
        {
            var start = column.Facts.Min is { } min && min > identity.Start ? (long)Math.Ceiling(min) + (column.Facts.MinIsOpen ? 1 : 0) : identity.Start;
            return new("sequence", Args([("start", start), ("step", identity.Step == 0 ? 1 : identity.Step)]), "the database numbers it", 0.98);
        }

        if (column.Element is { } element)
            return Choose(element);
        var (facts, type) = (column.Facts, column.Type);
        if (facts.Computed is { } computed && Computes(column, computed.Reads))
            return new("expression", Args([("value", computed.Text)]), "its check says what it is equal to", 0.95);
        if (facts.Choices is { Count: > 0 } choices)
            return Choice(column, choices.Where(value => !facts.Not.Contains(value)), "its check lists the values");
        if (type.Values is { } values)
            return Choice(column, values.Where(value => !facts.Not.Contains(value)), "the type lists its values");
        if (type.Text is { } text)
            return Pattern(type.Name == "bytea" && facts.MinLength is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"\\\\x([0-9a-f]{{2}}){{{Math.Min(bytes, 900)}}}") : text, $"the type is {column.Source.SqlType}", 0.9);
        if (type.Type == FieldType.String && facts.Pattern is { } pattern)
        {
            var isKey = table.Keys.Any(key => key.Contains(column));
            return Proposals(column, type.MaxLength).Where(one => one.Confidence > 0.6 && (!isKey || one.Generator is "internet.email" or "uuid") && ValueBounds.FitsText(column, one))
                .FirstOrDefault(one => facts.Regex is { } regex && SampleValues.AllMatch(column, one, regex)) is { } named
                ? named with { Reason = $"{named.Reason}, and its values keep to its check" } : Pattern(pattern, "its check is this pattern", 0.95);
        }
        if (type.Type == FieldType.Json)
            return Json(column);
        var keys = table.Keys.Where(key => key.Contains(column)).ToList();
        // Another column of the key tells the rows apart by itself.
        var tells = keys.Exists(key => key.Count == 1 || !key.Exists(other => other != column && TellsApart(other)));
        return tells ? OfKey(column, keys.Find(key => key.Count == 1 || !key.Exists(other => other != column && TellsApart(other)))!) : Usual(column);
    }

    /// <summary>Nothing that it is computed from is computed in turn, or may be null where it may not.</summary>
    private static bool Computes(ImportColumn column, IReadOnlyList<ImportColumn> reads) =>
        reads.All(one => one != column && one.Facts.Computed is null && one is { IsSkipped: false, Type.IsArray: false } && (one.NotNull || !column.NotNull)) && !column.Table.PrimaryKey.Contains(column);

    private static bool TellsApart(ImportColumn column) => column.Source.Identity is not null || column.Type.Type == FieldType.Uuid || column.Table.Keys.Any(key => key.Count == 1 && key[0] == column);

    private static ProposedGenerator Choice(ImportColumn column, IEnumerable<string> values, string reason)
    {
        var all = values.Select(value => Value(column.Type.Type, value)).OfType<object>().ToList();
        return all.Count == 0 ? ValueBounds.Fallback(column) : new("choice", Args([("values", all)]), reason, 0.95);
    }

    /// <summary>A value in the form that the document writes it.</summary>
    private static object? Value(FieldType type, string text) => type switch
    {
        FieldType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
        FieldType.Decimal or FieldType.Double => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        FieldType.Boolean => text is "true" or "t",
        FieldType.Date => text.Length >= 10 ? text[..10] : null,
        FieldType.Timestamp => text.Length >= 10 ? text[..10] + "T00:00:00Z" : null,
        _ => text,
    };

    private static ProposedGenerator Pattern(string pattern, string reason, double confidence) => new("pattern", Args([("regex", pattern)]), reason, confidence);

    private static ProposedGenerator Json(ImportColumn column) => column.Facts switch
    {
        _ when column.Source.Stated is { } stated => stated,
        { JsonType: "array" } or { MinItems: not null } or { MaxItems: not null } => new("constant", Args([("value", Enumerable.Range(1, column.Facts.MinItems ?? 0).ToArray())]), "its check asks for a list", 0.6),
        { JsonType: "string" } => new("constant", Args([("value", "text")]), "its check asks for a text", 0.6),
        { JsonType: "number" } => new("constant", Args([("value", 1)]), "its check asks for a number", 0.6),
        { JsonType: "boolean" } => new("constant", Args([("value", true)]), "its check asks for a boolean", 0.6),
        _ => new("constant", Args([("value", new Dictionary<string, string>(StringComparer.Ordinal))]), "an empty object", 0.3),
    };

    private ProposedGenerator OfKey(ImportColumn column, List<ImportColumn> key)
    {
        var (table, type, facts) = (column.Table, column.Type, column.Facts);
        switch (type.Type)
        {
            case FieldType.Integer or FieldType.Decimal or FieldType.Double when facts is { Min: not null, Max: not null } || (type.Type == FieldType.Decimal && type.Precision - type.Scale < 6):
                return ValueBounds.Number(column, Proposed(column), isKey: true);
            case FieldType.Integer when key.Count > 1 && facts.Min is null && Within(table, key, column) is { } link:
                return new("sequence", Args([("within", link.Name)]), $"it is part of a key with {link.Parent.Entity}, so it counts inside of each", 0.85);
            case FieldType.Integer or FieldType.Decimal or FieldType.Double:
                return new("sequence", facts.Min is { } min ? Args([("start", (long)Math.Ceiling(min) + (facts.MinIsOpen ? 1 : 0))]) : ArgumentValues.Empty, "it is a key", 0.85);
            case FieldType.Uuid:
                return new("uuid", ArgumentValues.Empty, "it is a key", 0.9);
            case FieldType.Date or FieldType.Timestamp:
                return ValueBounds.Day(column, "now-20y", "it is a key");
            case FieldType.String:
                var proposal = Proposed(column);
                return proposal == column.Source.Stated || proposal.Generator is "internet.email" or "uuid" or "finance.iban" or "commerce.ean13" or "commerce.isbn13" or "vehicle.vin" && ValueBounds.FitsText(column, proposal) ? proposal
                    : Pattern(ValueBounds.Code(column), $"it is a key, so every value must differ ({proposal.Generator} would repeat)", 0.7);
            default:
                return Usual(column);
        }
    }

    /// <summary>The relationship inside of which a part of a key counts; only one part does.</summary>
    private static ImportLink? Within(ImportTable table, List<ImportColumn> key, ImportColumn column)
    {
        var link = table.Links.Find(one => !one.IsSelf && !one.CanBeNull && one.NullPercent is null or 0 && one.Columns.TrueForAll(key.Contains));
        return link is not null && key.Find(other => !other.IsLinked && other.Type is { Type: FieldType.Integer, Values: null } && other.Facts.Choices is null) == column ? link : null;
    }

    private static ProposedGenerator Proposed(ImportColumn column) =>
        Proposals(column, Math.Min(column.Type.MaxLength ?? int.MaxValue, column.Facts.MaxLength ?? int.MaxValue) is var length && length == int.MaxValue ? null : length).First();

    /// <summary>What its source states comes before what its name says.</summary>
    private static IEnumerable<ProposedGenerator> Proposals(ImportColumn column, int? maxLength)
    {
        var named = GeneratorProposals.For(column.Table.Entity, column.Field, column.Type.Type, maxLength);
        return column.Source.Stated is { } stated ? named.Prepend(stated) : named;
    }

    private ProposedGenerator Usual(ImportColumn column)
    {
        var proposal = Proposed(column);
        return column.Type.Type switch
        {
            FieldType.Integer or FieldType.Decimal or FieldType.Double => ValueBounds.Number(column, proposal, isKey: false),
            FieldType.Date or FieldType.Timestamp => After(column) ?? ValueBounds.Day(column, null, null, proposal),
            FieldType.String => ValueBounds.FitsText(column, proposal) ? proposal : ValueBounds.Text(column, proposal),
            FieldType.Boolean when column.Facts.Choices is null => proposal,
            _ => proposal,
        };
    }

    private static ProposedGenerator? After(ImportColumn column)
    {
        if (column.Facts.After is not { } name || column.Facts is { From: not null } or { To: not null } || column.Table.Column(name) is not { IsSkipped: false } earlier || column.Type.IsArray || earlier.Type.IsArray)
            return null;
        // No circles: the way back must not lead here.
        var seen = new HashSet<ImportColumn> { column };
        for (var at = earlier; at is not null; at = at.Facts.After is { } next && at.Facts is { From: null, To: null } ? column.Table.Column(next) : null)
        {
            if (!seen.Add(at))
                return null;
        }

        if (!column.NotNull)
            return new("date.after", Args([("of", earlier.Field), ("min", "1d"), ("max", "30d")]), $"its check says that it comes after {earlier.Field}", 0.9);
        if (!earlier.NotNull)
            return null;
        // date.after leaves out what would come too late; a column that may not be null is reckoned.
        var number = column.Table.Columns.Find(one => one is { NotNull: true, IsSkipped: false, Type: { Type: FieldType.Integer, IsArray: false }, Generator.Generator: "sequence" });
        return new("expression", Args([("value", number is null ? $"addDays({CheckTranslator.Name(earlier)}, 7)" : $"addDays({CheckTranslator.Name(earlier)}, 1 + {CheckTranslator.Name(number)} % 30)")]), $"its check says that it comes after {earlier.Field}", 0.85);
    }

    /// <summary>The values of a key that counts up are known without looking, so a column can point to it without a relationship.</summary>
    private void Imply(ImportLink link)
    {
        var holds = true;
        for (var i = 0; i < link.Columns.Count; i++)
        {
            var (column, target) = (link.Columns[i], link.Target[i]);
            if (column.IsLinked || column.IsSettled)
                continue;
            if (target.Generator is { Generator: "sequence" } counter && counter.Args["within"] is null)
            {
                var (start, step) = (counter.Args["start"]?.GetInt64() ?? 1, counter.Args["step"]?.GetInt64() ?? 1);
                var isKey = link.Child.Keys.Any(key => key.Contains(column));
                var byNumber = isKey || link.Columns.Count > 1 || step != 1;
                Depend(column, link.Parent, rows => byNumber
                    ? new("sequence", Args([("start", start), ("step", step)]), $"it points to {link.Parent.Entity}, which points back, so rows meet by their number", 0.8)
                    : new("number.integer", Args([("min", start), ("max", start + rows - 1)]), $"it points to {link.Parent.Entity}, which points back; these are its keys", 0.8));
                if (byNumber)
                    link.Child.Rows = Math.Min(link.Child.Rows, link.Parent.Rows);
            }
            else if (Listed(target) is { } keys)
            {
                Depend(column, link.Parent, rows => new("choice", Args([("values", keys.Take((int)rows).ToArray())]), $"it points to {link.Parent.Entity}, which points back; these are its keys", 0.8));
                if (IsKey(link.Child, [column]))
                    link.Child.Rows = Math.Min(link.Child.Rows, link.Parent.Rows);
            }
            else
            {
                holds = false;
            }
        }

        if (!holds)
            Missed(link.Child, link.Source.Name, Definition(link.Source), $"{link.Child.Qualified} and {link.Parent.Qualified} point to each other, neither may be null, and keys of this type are not known beforehand.", link.Source.Columns);
        else
            Problems.Warning(link.Child.Entity, "import.circle", $"{link.Child.Qualified} and {link.Parent.Qualified} point to each other and neither may be null: {string.Join(", ", link.Source.Columns)} is filled with keys that are known to exist.", "Let one of these columns be null, or one of the foreign keys be deferrable");
    }

    private const int MostListed = 100;

    private readonly Dictionary<ImportColumn, List<string>> listed = [];

    /// <summary>Makes a key a list of values that others can name; null where another table fills it.</summary>
    private List<string>? Listed(ImportColumn key)
    {
        if (listed.TryGetValue(key, out var known))
            return known;
        if (key.IsLinked || key.IsSettled || key.Generator is not { } generator || key.Type.Type is not (FieldType.String or FieldType.Uuid or FieldType.Integer))
            return null;
        var table = key.Table;
        table.Rows = Math.Min(table.Rows, MostListed);
        var values = SampleValues.Distinct(key, generator, (int)table.Rows);
        if (values is null)
            return null;
        values.Sort(key.Type.Type == FieldType.Integer ? (one, other) => decimal.Parse(one, CultureInfo.InvariantCulture).CompareTo(decimal.Parse(other, CultureInfo.InvariantCulture)) : string.CompareOrdinal);
        listed.Add(key, values);
        Depend(key, table, rows => new("choice", Args([("values", values.Take((int)rows).Select(value => Value(key.Type.Type, value)!).ToArray())]), "other tables name these keys", 0.6));
        return values;
    }

    private readonly HashSet<ImportLink> isOrdered = [];

    /// <summary>Two keys to one table that must differ, or stand in order: each has the next of the list behind it.</summary>
    private void FollowListed(ImportLink kept, ImportLink moved)
    {
        var (first, second) = (kept.Columns[0], moved.Columns[0]);
        if (Listed(moved.Target[0]) is not { Count: > 1 } keys || kept.Target[0] != moved.Target[0])
        {
            second.Generator = Choose(second);
            Missed(moved.Child, moved.Source.Name, Definition(moved.Source), "It must differ from another key to the same table, whose keys are not known beforehand.", moved.Source.Columns);
            return;
        }

        object Shown(string value) => Value(second.Type.Type, value)!;
        var inOrder = isOrdered.Contains(kept);
        if (inOrder)
        {
            // The last has none behind it.
            kept.Child.Links.Remove(kept);
            Depend(first, kept.Parent, rows => new("choice", Args([("values", keys.Take((int)Math.Max(1, rows - 1)).Select(Shown).ToArray())]), $"it comes before {second.Field}, which is the key behind it", 0.7));
        }

        Depend(second, moved.Parent, rows => new("choice", Args([("by", first.Field), ("cases", Enumerable.Range(0, (int)Math.Max(1, inOrder ? rows - 1 : rows)).ToDictionary(i => keys[i], i => new[] { Shown(keys[(i + 1) % (int)rows]) }, StringComparer.Ordinal)), ("else", new[] { Shown(keys[0]) })]), $"it must differ from {first.Field}, so it is the key behind it", 0.7));
        if (kept.Child.Keys.Any(key => key.Contains(first) && key.TrueForAll(column => column == first || column == second)))
            kept.Child.Rows = Math.Min(kept.Child.Rows, Math.Max(1, moved.Parent.Rows - (inOrder ? 1 : 0)));
    }

    private void AlignTwins(ImportLink second, ImportLink first)
    {
        // Both keys count from 1 where nothing else is known of them.
        for (var i = 0; i < second.Target.Count && i < first.Target.Count; i++)
        {
            var (one, other) = (first.Target[i], second.Target[i]);
            if (one.Type.Type == FieldType.Integer && other.Type.Type == FieldType.Integer && !one.IsLinked && !other.IsLinked && other.Source.Identity?.Start != one.Source.Identity?.Start)
            {
                Settle(one, "sequence", [("start", 1L), ("step", 1L)], "rows of two tables meet by this number", 0.8);
                Settle(other, "sequence", [("start", 1L), ("step", 1L)], "rows of two tables meet by this number", 0.8);
            }
        }
    }
}
