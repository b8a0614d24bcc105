using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>What a masker may know of the column that it is made ready for.</summary>
public sealed class MaskerContext(MaskerDefinition definition, ColumnDescription column, ArgumentValues arguments, MaskingKey key)
{
    private readonly List<SchemaProblem> problems = [];
    private readonly List<MaskerCompanion> companions = [];

    /// <summary>The masker that is being made.</summary>
    public MaskerDefinition Definition { get; } = definition;
    /// <summary>The column; of an array, its elements.</summary>
    public ColumnDescription Column { get; } = column;
    /// <summary>As the rule has them.</summary>
    public ArgumentValues Arguments { get; } = arguments;
    /// <summary>The key of the column's identity: columns of one identity have the same, others share nothing with it.</summary>
    public MaskingKey Key { get; } = key;
    /// <summary>In what sense two values of the column's identity are the same; never <see cref="CanonicalForm.Auto"/>.</summary>
    public CanonicalForm Form { get; init; } = CanonicalForm.Exact;
    /// <summary>Digits that a phone number without a country begins with; empty where the locale names no country.</summary>
    public string CallingCode { get; init; } = "";
    /// <summary>The keyed function over canonical values: what a masker that is consistent goes by.</summary>
    public ValueKey Values => field ??= new(Key, Form, CallingCode);
    /// <summary>The keyed function of what holds a kind of personal data and belongs to no other identity, so that a name inside a text becomes what it becomes in its own column.</summary>
    public Func<string, ValueKey> ValuesOf { get; init; } = kind => new(key.Derive(kind), PersonalData.PersonalKinds.Find(kind)?.Form ?? CanonicalForm.Text);
    /// <summary>What the policy does with a kind of personal data; null: what <see cref="MaskingStrategy.Pseudonymise"/> does.</summary>
    public Func<string, MaskingRule?> OfKind { get; init; } = static _ => null;
    /// <summary>Room of the narrowest column of a kind, in code points, so that a copy elsewhere is chosen as in there; null: no bound.</summary>
    public Func<string, int?> LengthOf { get; init; } = static _ => null;
    /// <summary>Names that stand in columns of other tables, by which texts find them; null: there are none.</summary>
    internal KnownNames? Names { get; init; }
    /// <summary>The fields of the entity's primary key; empty where it has none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];
    /// <summary>The entity's fields that hold personal data by themselves and are masked: what a note of the same row may repeat.</summary>
    public IReadOnlyList<string> Repeated { get; init; } = [];
    /// <summary>All columns of the entity, by which <see cref="Companion"/> finds others.</summary>
    public IReadOnlyList<ColumnDescription> Columns { get; init; } = [];
    /// <summary>Whether different values must become different ones: it is, or points to, a key.</summary>
    public bool Unique { get; init; }
    /// <summary>Whether a column of the identity is a key that tells values apart which differ only in case: masks of such must differ, in case only.</summary>
    public bool CaseMatters { get; init; }
    /// <summary><see cref="CaseMatters"/> of the columns of a kind.</summary>
    public Func<string, bool> CaseMattersOf { get; init; } = static _ => false;
    /// <summary>Locale of names and places, as of a schema document.</summary>
    public string Locale { get; init; } = "en";
    /// <summary>"Now", in microseconds since 1970, for ages and relative dates.</summary>
    public long AsOf { get; init; }
    /// <summary>What was refused so far.</summary>
    public IReadOnlyList<SchemaProblem> Problems => problems;
    /// <summary>Other columns of the row that it reads, in the order of their places in a batch.</summary>
    public IReadOnlyList<MaskerCompanion> Companions => companions;

    /// <summary>An argument as it stands in the rule, or its default.</summary>
    public JsonElement? Argument(string name)
    {
        if (Arguments[name] is { ValueKind: not JsonValueKind.Null } value)
            return value;
        if (Definition.Arguments.FirstOrDefault(argument => argument.Name == name)?.Default is not { } json)
            return null;
        using var parsed = JsonDocument.Parse(json);
        return parsed.RootElement.Clone();
    }

    /// <summary>Finds what is personal in texts, and the names of other tables.</summary>
    internal PersonalData.TextFinder Finder(double least) => new(least, Names is { } names ? names.Find : null);

    /// <summary>Asks for another column of the same row.</summary>
    /// <param name="masked">Its masked value (a full name follows the first name's new one), else its original.</param>
    /// <returns>Its place in <see cref="MaskBatch.Companion"/>; -1, with a problem, where there is no such column.</returns>
    public int Companion(string field, bool masked)
    {
        var place = Columns.ToList().FindIndex(one => one.Name == field);
        if (place < 0)
        {
            Report("masking.unknown_column", $"{Definition.Title} of {Column.Name} reads the column {field}, which is not there.", "Choose a column of the same table");
            return -1;
        }

        var companion = new MaskerCompanion(place, masked);
        if (!companions.Contains(companion))
            companions.Add(companion);
        return companions.IndexOf(companion);
    }

    /// <summary>Refuses, with what to do.</summary>
    public void Report(string code, string message, params ReadOnlySpan<string> actions) =>
        problems.Add(new("", code, message) { SuggestedActions = [.. actions] });
}
