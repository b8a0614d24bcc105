using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Makes the maskers of identities, each with a key of its own.</summary>
internal sealed class MaskerMaking(MaskInput input, ProblemList problems)
{
    // A column that the masker of this one may follow, by the name of its argument.
    private static readonly Dictionary<string, string> Followed = new(StringComparer.Ordinal)
    {
        ["first"] = "first_name", ["last"] = "last_name", ["name"] = "full_name", ["birth"] = "birth_date",
    };

    // Integers below a billion are masked among each other, larger ones keep their digits: a text of nine has room for all.
    private const int MostDigits = 9;

    // Maskers that choose by the room there is: the same value must find the same room in every column of its identity.
    private static readonly HashSet<string> RoomDecides = new(StringComparer.Ordinal) { "email", "user_name", "first_name", "last_name", "hash" };

    private readonly string locale = input.Locale ?? input.Document.Locale ?? "en";
    private readonly KnownNames names = new(input.Key.Derive("known names"));
    private bool namesAreWanted;

    /// <summary>What collects the names of an entity before its first row is masked, where texts of other entities may repeat them.</summary>
    public IEnumerable<RowPass> Collecting(IEnumerable<PlanColumn> columns)
    {
        if (!namesAreWanted)
            return [];

        // Where first and last names stand by themselves, they tell better than the full name where the one ends.
        var held = columns.Where(IsName).ToList();
        var apart = held.Exists(column => column.Kind == "first_name") && held.Exists(column => column.Kind == "last_name");
        return held.Where(column => !apart || column.Kind != "full_name").Select(column => names.Collecting(column.Place, column.Kind!, NameParts.IsFamilyFirst(locale)));
    }

    /// <summary>The masker of each column; none where something stands in the way.</summary>
    public IEnumerable<(PlanColumn, Masker, IReadOnlyList<MaskerCompanion>)> Make(PlanIdentity identity, IReadOnlyList<PlanColumn> all)
    {
        var rule = identity.Columns.First(column => column.IsMasked).Rule!;
        var path = identity.Columns.First(column => column.IsMasked).RulePath;
        if (input.Maskers(rule.Masker) is not { } definition)
        {
            // The validator named rules of the policy; a strategy's are the portal's own.
            if (path.Length == 0)
                problems.Error(path, "masking.unknown_masker", $"There is no masker \"{rule.Masker}\".");
            return [];
        }

        return Promises(identity, definition, rule, path) ? identity.Columns.Count == 1 ? Alone(identity, definition, all) : Together(identity, definition, all) : [];
    }

    /// <summary>Whether the masker keeps what the columns need: keys unique, the same value alike.</summary>
    private bool Promises(PlanIdentity identity, MaskerDefinition definition, MaskingRule rule, string path)
    {
        var kept = true;
        var first = identity.Columns.First(column => column.IsMasked);
        if (identity.Columns.Count > 1 && !definition.Traits.HasFlag(MaskerTraits.Consistent))
        {
            problems.Error(At(path, "masker"), "masking.not_consistent", $"{first.Path} holds the same values as {identity.Columns.First(other => other != first).Path}, but {definition.Title} ({rule.Masker}) does not give the same value the same mask, so rows could no longer be joined.", Alternatives(identity));
            kept = false;
        }

        var nulls = rule.Masker == "nullify" && identity.Columns.All(column => !column.PrimaryKey && column.Description.Nullable);
        if (identity.Unique && !nulls && !definition.Traits.HasFlag(MaskerTraits.OneToOne))
        {
            var key = identity.Columns.First(column => column.Unique);
            problems.Error(At(path, "masker"), "masking.not_unique", $"{key.Path} is a key or unique, and {definition.Title} ({rule.Masker}) may give different values the same mask.", Alternatives(identity));
            kept = false;
        }

        if (identity.Columns.Find(column => !definition.Types.Contains(column.Description.Type) && !Adapts(identity, column)) is { } column)
        {
            problems.Error(At(path, "masker"), "masking.type", $"{definition.Title} ({rule.Masker}) does not mask {column.Path}, which is of type {SchemaDrift.TypeOf(column.Description)}; it masks {string.Join(", ", definition.Types.Select(FieldTypeNames.Of))}.", "Choose a masker for that type");
            kept = false;
        }

        if (definition.Traits.HasFlag(MaskerTraits.LooksAtAllRows) && identity.Columns.FirstOrDefault(column => column.Description.IsArray) is { } array)
        {
            problems.Error(At(path, "masker"), "masking.type", $"{definition.Title} ({rule.Masker}) looks at all rows first, which it cannot do for the array {array.Path}.", "Choose a masker that goes value by value");
            kept = false;
        }

        return kept;
    }

    private string[] Alternatives(PlanIdentity identity)
    {
        var type = identity.Columns[0].Description.Type;
        string[] fitting = [.. new[] { "fpe", "uuid", "token", "hash" }.Where(name => input.Maskers(name) is { } one && one.Traits.HasFlag(MaskerTraits.Consistent | MaskerTraits.OneToOne) && one.Types.Contains(type))];
        return fitting.Length == 0 ? ["Choose a masker that keeps keys unique and consistent"] : [.. fitting.Select(name => $"Use {name}")];
    }

    private IEnumerable<(PlanColumn, Masker, IReadOnlyList<MaskerCompanion>)> Alone(PlanIdentity identity, MaskerDefinition definition, IReadOnlyList<PlanColumn> all)
    {
        var column = identity.Columns[0];
        if (Create(identity, column, definition, Narrowed(column, column.Description, all), all) is { } made)
            yield return (column, made.Masker, made.Companions);
    }

    /// <summary>One masker for all: what one of them becomes, the same value becomes in each.</summary>
    private List<(PlanColumn, Masker, IReadOnlyList<MaskerCompanion>)> Together(PlanIdentity identity, MaskerDefinition definition, IReadOnlyList<PlanColumn> all)
    {
        var lead = identity.Columns.FirstOrDefault(column => column.Description.Type is FieldType.Integer or FieldType.Uuid) ?? identity.Columns[0];
        var of = lead.Description with { IsArray = false };
        foreach (var column in identity.Columns.Where(column => column.Description.Type == lead.Description.Type))
        {
            // The narrowest column decides, so that a masked value fits into each.
            if (column.Description.MaxLength < (of.MaxLength ?? int.MaxValue))
                of = of with { MaxLength = column.Description.MaxLength };
            if (IntegerBytes(column.Description) < IntegerBytes(of))
                of = of with { SqlType = column.Description.SqlType };
            if (column.Description.Precision < of.Precision)
                of = of with { Precision = column.Description.Precision };
        }

        var found = new List<(PlanColumn, Masker, IReadOnlyList<MaskerCompanion>)>();
        if (Create(identity, lead, definition, Narrowed(lead, of, all), all) is not { } made)
            return found;
        if (made.Companions.Count > 0)
        {
            problems.Error(At(lead.RulePath, "args"), "masking.identity_companion", $"{lead.Path} holds the same values as {identity.Columns.First(column => column != lead).Path}, but its masker follows other columns of its row, so the same value would be masked differently there.", "Remove the arguments that name columns");
            return found;
        }

        foreach (var column in identity.Columns)
        {
            if (Adapted(made.Masker, lead, column, identity) is { } masker)
                found.Add((column, masker, []));
        }

        return found;
    }

    private Masker? Adapted(Masker masker, PlanColumn lead, PlanColumn column, PlanIdentity identity)
    {
        var (of, own) = (lead.Description, column.Description);
        if (of.Type == own.Type && (own.Type != FieldType.Decimal || of.Scale == own.Scale && Wide(of) == Wide(own)))
            return masker;
        if (own.Type == FieldType.String && of.Type == FieldType.Integer && (own.MaxLength is not { } length || length >= MostDigits))
            return new TextAsInteger(masker, input.Key.Derive($"identity {identity.Name}"));
        if (own.Type == FieldType.String && of.Type == FieldType.Uuid && (own.MaxLength ?? 36) >= 36)
            return new TextAsUuid(masker, input.Key.Derive($"identity {identity.Name}"));
        problems.Error(column.RulePath, "masking.identity_types", $"{column.Path} ({SchemaDrift.TypeOf(own)}) and {lead.Path} ({SchemaDrift.TypeOf(of)}) hold the same values, but a mask of the one does not fit into the other.", "Give both columns the same type", "Take one of them out of the identity");
        return null;
    }

    private static bool Adapts(PlanIdentity identity, PlanColumn column) =>
        column.Description.Type == FieldType.String && identity.Columns.Any(other => other.Description.Type is FieldType.Integer or FieldType.Uuid);

    private static bool Wide(ColumnDescription column) => column.Precision > 18;

    private static int IntegerBytes(ColumnDescription column) => column.Type != FieldType.Integer ? 8 : column.SqlType switch
    {
        "smallint" or "int2" => 2,
        "integer" or "int" or "int4" => 4,
        _ => 8,
    };

    private (Masker Masker, IReadOnlyList<MaskerCompanion> Companions)? Create(PlanIdentity identity, PlanColumn column, MaskerDefinition definition, ColumnDescription of, IReadOnlyList<PlanColumn> all)
    {
        var source = input.Entities.First(entity => entity.Name == column.Entity);
        var looksForNames = definition.Name is "free_text" or "json" && all.Any(other => other.Entity != column.Entity && IsName(other));
        namesAreWanted |= looksForNames;
        var context = new MaskerContext(definition, of with { IsArray = false }, Arguments(column, definition, all), Key(identity.Name))
        {
            Columns = source.Columns,
            Unique = identity.Unique,
            CaseMatters = CaseMatters(identity.Name, all),
            CaseMattersOf = kind => CaseMatters(IdentityOf(kind, all), all),
            Form = identity.Form,
            CallingCode = CallingCodes.Of(locale),
            Locale = locale,
            AsOf = input.AsOf,
            ValuesOf = kind => new(Key(IdentityOf(kind, all)), FormOf(kind, all), CallingCodes.Of(locale)),
            OfKind = kind => OfKind(kind, all),
            LengthOf = kind => LengthOf(IdentityOf(kind, all), all),
            Names = looksForNames ? names : null,
            Repeated = [.. all.Where(other => other.Entity == column.Entity && other != column && other is { Counts: true, IsMasked: true, Kind: not "free_text", Description: { Type: FieldType.String, IsArray: false } }).Select(other => other.Description.Name)],
            PrimaryKey = input.Document.Entities.FirstOrDefault(entity => entity.Name == column.Entity)?.PrimaryKey ?? [],
        };
        var masker = definition.Create(context);
        foreach (var problem in context.Problems)
            problems.Add(problem with { Path = column.RulePath.Length == 0 || problem.Path.StartsWith("rules[", StringComparison.Ordinal) ? problem.Path : problem.Path.Length == 0 ? column.RulePath : $"{column.RulePath}.{problem.Path}", Message = problem.Message.Contains(column.Description.Name, StringComparison.Ordinal) ? problem.Message : $"{column.Path}: {problem.Message}" });
        return masker is null ? null : (Bounded(masker, definition, column, context, all), context.Companions);
    }

    /// <summary>Checks of all columns that hold the same values, as each value becomes the same in all of them.</summary>
    private static Masker Bounded(Masker masker, MaskerDefinition definition, PlanColumn column, MaskerContext context, IReadOnlyList<PlanColumn> all)
    {
        var alike = all.Where(other => other.IsMasked && other.Identity.Name == column.Identity.Name && other.Bounds is not null && (other.Identity == column.Identity || other.Rule!.Masker == column.Rule!.Masker)).ToList();
        if (alike.Count == 0)
            return masker;
        if (!alike.TrueForAll(other => other.Description.Type == context.Column.Type && other.Description.Scale == context.Column.Scale && !other.Description.IsArray)
            || BoundedMasker.Make(masker, definition, context.Arguments, alike.Aggregate(new ValueBounds(), (bounds, other) => bounds.And(other.Bounds!)), context.Column, context.Values, context.Unique) is not { } bounded)
            return masker;
        foreach (var other in alike.Where(other => other.Identity == column.Identity))
            other.KeepsBounds = true;
        return bounded;
    }

    private MaskingKey Key(string identity) => input.Key.Derive($"identity {identity}");

    /// <summary>The identity to which all masked columns of a kind belong; the kind itself where they belong to several, or there are none.</summary>
    private static string IdentityOf(string kind, IReadOnlyList<PlanColumn> all) =>
        all.Where(column => column is { Counts: true, IsMasked: true } && column.Kind == kind).Select(column => column.Identity.Name).Distinct().ToList() is [var one] ? one : kind;

    /// <summary>In what sense values of a kind are the same: as in its columns.</summary>
    private static CanonicalForm FormOf(string kind, IReadOnlyList<PlanColumn> all) =>
        all.Where(column => column is { Counts: true, IsMasked: true, Description.Type: FieldType.String } && column.Kind == kind).Select(column => column.Identity.Form).Distinct().ToList() is [var one] ? one : PersonalKinds.Find(kind)?.Form ?? CanonicalForm.Text;

    private static bool CaseMatters(string identity, IReadOnlyList<PlanColumn> all) =>
        all.Any(column => column is { IsMasked: true, Unique: true, WithoutCase: false, Description.Type: FieldType.String } && column.Identity.Name == identity);

    /// <summary>What becomes of a piece of a kind inside a text: as in its columns where they agree, where differing values must differ as well if they must there.</summary>
    private MaskingRule? OfKind(string kind, IReadOnlyList<PlanColumn> all)
    {
        var rules = all.Where(column => column is { Counts: true, IsMasked: true, Description.Type: FieldType.String } && column.Kind == kind).Select(column => column.Rule!).ToList();
        if (rules.Count == 0)
            rules = [.. all.Where(column => column is { Counts: true, IsMasked: true, Rule.Masker: "date_shift" } && column.Kind == kind).Select(column => column.Rule!)];
        if (rules.Count > 0 && rules.TrueForAll(rule => rule.Masker == rules[0].Masker && IdentityGrouping.Same(rule.Args, rules[0].Args)))
            return rules[0];
        return input.Policy.Rules.FirstOrDefault(rule => rule.Personal == kind)
            ?? (input.Policy.Strategy is { } strategy ? input.Strategies(strategy, kind, new("text", FieldType.String, false) { SqlType = "text" }, [], all.Any(column => column is { Counts: true, IsMasked: true, Unique: true } && column.Kind == kind)) : null);
    }

    /// <summary>The room of the narrowest column of an identity; null: no bound.</summary>
    private static int? LengthOf(string identity, IReadOnlyList<PlanColumn> all) =>
        all.Where(column => column is { IsMasked: true, Description.Type: FieldType.String } && column.Identity.Name == identity && RoomDecides.Contains(column.Rule!.Masker)).Min(column => column.Description.MaxLength);

    private static ColumnDescription Narrowed(PlanColumn column, ColumnDescription of, IReadOnlyList<PlanColumn> all) =>
        of.Type == FieldType.String && RoomDecides.Contains(column.Rule!.Masker) && LengthOf(column.Identity.Name, all) is { } length && length < (of.MaxLength ?? int.MaxValue) ? of with { MaxLength = length } : of;

    private static bool IsName(PlanColumn column) => column is { Counts: true, IsMasked: true, Description: { Type: FieldType.String, IsArray: false } } && KnownNames.IsName(column.Kind!);

    /// <summary>The rule's, and the columns of the same row that the values follow: a full name its first and last name, an age the birth date.</summary>
    private ArgumentValues Arguments(PlanColumn column, MaskerDefinition definition, IReadOnlyList<PlanColumn> all)
    {
        var given = column.Rule!.Args;

        // An address follows names only where a rule says so, as it could not be found again in tables without them.
        if (column.Identity.Columns.Count > 1 || definition.Name == "email")
            return given;
        foreach (var argument in definition.Arguments.Where(argument => argument.Kind == ArgumentKind.Field && given[argument.Name] is null))
        {
            if (argument.Name == "person" && Person(column, all) is { } person)
                given = given.With(argument.Name, JsonValue.Of(person));
            else if (Followed.TryGetValue(argument.Name, out var kind) && all.Where(other => other != column && other.Entity == column.Entity && other.Counts && other.Kind == kind).ToList() is [{ IsMasked: true } other])
                given = given.With(argument.Name, JsonValue.Of(other.Description.Name));
        }

        return given;
    }

    /// <summary>The column that says whom a row is about: its key where the row is a person's, else one that points to such a row.</summary>
    private string? Person(PlanColumn column, IReadOnlyList<PlanColumn> all)
    {
        if (IsPerson(column.Entity))
            return input.Document.Entities.First(entity => entity.Name == column.Entity).PrimaryKey is [var key] && key != column.Description.Name ? key : null;
        var links = input.Document.Relationships.Where(relationship => relationship.From.Entity == column.Entity && relationship.From.Fields.Count == 1 && IsPerson(relationship.To.Entity)).ToList();
        return links is [var link] && all.Any(other => other.Entity == column.Entity && other.Description.Name == link.From.Fields[0]) ? link.From.Fields[0] : null;

        bool IsPerson(string entity) => all.Any(other => other.Entity == entity && other.Counts && PersonalKinds.Find(other.Kind!) is { Identifies: true });
    }

    private static string At(string path, string name) => path.Length == 0 ? "" : $"{path}.{name}";
}
