using TdmPortal.Core.Expressions;
using TdmPortal.Core.Import.Checks;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>The document, put together.</summary>
internal sealed partial class ImportRun
{
    private const double UsualNulls = 10;

    public SchemaDocument ToDocument()
    {
        foreach (var column in Tables.SelectMany(table => table.Columns))
        {
            if (column is { IsSkipped: false, IsLinked: false, Generator: { } generator })
                Reasons[$"{column.Table.Entity}.{column.Field}"] = generator;
        }

        var document = new SchemaDocument
        {
            Name = LegalNames.ToLegal(Options.Name, "schema"),
            Title = LegalNames.IsLegal(Options.Name) ? null : Options.Name,
            Locale = Options.Locale,
            Entities = [.. Tables.Select(Entity)],
            Relationships = [.. Tables.SelectMany(table => table.Links).Select(Relationship)],
        };
        return document with { Constraints = Constraints(document) };
    }

    private EntityDefinition Entity(ImportTable table) => new()
    {
        Name = table.Entity,
        Rows = table.Links.Exists(link => link.DecidesRows) ? null : table.Rows,
        Table = table.Source.Schema.Length == 0 && table.Source.Name == table.Entity ? null : new(table.Source.Schema.Length == 0 ? null : table.Source.Schema, table.Source.Name),
        Description = table.Source.Comment is { Length: > 0 and <= 10_000 } comment ? comment : null,
        Fields = [.. table.Columns.Where(column => !column.IsSkipped).Select(column => Field(table, column))],
        PrimaryKey = [.. table.PrimaryKey.Select(column => column.Field)],
        Unique = [.. table.Unique.Where(key => key.Count > 1).Select(key => key.ConvertAll(column => column.Field))],
    };

    private static FieldDefinition Field(ImportTable table, ImportColumn column)
    {
        var type = column.Type;
        var facts = column.Facts;
        var lead = column is { Source.PresentWith: { } name, IsLinked: false } ? column.Table.Column(name) : null;
        var length = type.Type == FieldType.String && type.Values is null && type.Text is null ? Math.Min(type.MaxLength ?? int.MaxValue, facts.MaxLength is > 0 and { } most ? most : int.MaxValue) : int.MaxValue;
        var sqlType = column.Source.SqlType;
        return new()
        {
            Name = column.Field,
            Type = type.Type,
            Precision = type.Type == FieldType.Decimal ? type.Precision : null,
            Scale = type.Type == FieldType.Decimal ? type.Scale : null,
            MaxLength = length == int.MaxValue || column.IsLinked && facts.MaxLength is not null ? type.MaxLength : Math.Min(length, 10_485_760),
            Array = type.IsArray && !column.IsLinked ? new(facts.MinItems ?? (facts.MaxItems == 0 ? 0 : 1), Math.Max(facts.MinItems ?? 1, Math.Min(facts.MaxItems ?? 3, (facts.MinItems ?? 0) + 3))) : null,
            SqlType = sqlType.Length is 0 or > 200 || sqlType == type.UsualSqlType ? null : sqlType,
            Column = column.Source.Name == column.Field ? null : column.Source.Name,
            Description = column.Source.Comment is { Length: > 0 and <= 10_000 } comment ? comment : null,
            Generator = column.IsLinked ? null : column.Generator?.Generator,
            Args = column.IsLinked ? ArgumentValues.Empty : column.Generator?.Args ?? ArgumentValues.Empty,
            Unique = !column.IsLinked && table.Unique.Exists(key => key is [var only] && only == column) || table.Unique.Exists(key => key is [var linked] && linked == column),
            NullPercent = column.IsLinked ? null : Nulls(table, column),
            When = lead is null ? null : $"{CheckTranslator.Name(lead)} is not null",
        };
    }

    private static double? Nulls(ImportTable table, ImportColumn column)
    {
        if (column.NotNull || column.Facts.NotNull || column.Source.Identity is not null || table.PrimaryKey.Contains(column))
            return null;
        var share = column.NullPercent ?? (column.Source.Statistics is { } known ? Math.Round(known.NullShare * 100) : UsualNulls);
        return share > 0 ? share : null;
    }

    private static RelationshipDefinition Relationship(ImportLink link)
    {
        var nulls = link.CanBeNull && !link.Columns.Exists(column => column.Facts.NotNull) ? link.NullPercent ?? (link.Columns.Exists(column => column.NullPercent == 100) ? 100 : link.Columns.TrueForAll(column => column.NullPercent == 0) ? 0 : UsualNulls) : 0;
        return new()
        {
            Name = link.Name,
            From = new(link.Child.Entity, [.. link.Columns.Select(column => column.Field)]),
            To = new(link.Parent.Entity, [.. link.Target.Select(column => column.Field)]),
            NullPercent = !link.IsSelf && nulls > 0 ? nulls : null,
            Distribution = link is { DecidesRows: true, Source.Children: { } children } ? new(DistributionKind.PerParent, Min: children.Min, Max: children.Max) : null,
            RootPercent = link.IsSelf ? Math.Max(nulls, UsualNulls) : null,
        };
    }

    /// <summary>The constraints whose types fit as well.</summary>
    private List<ConstraintDefinition> Constraints(SchemaDocument document)
    {
        var constraints = new List<ConstraintDefinition>();
        var index = new SchemaIndex(document);
        for (var i = 0; i < Tables.Count; i++)
        {
            var scope = new EntityScope(index, i);
            foreach (var constraint in Tables[i].Constraints)
            {
                var result = CheckedExpression.Condition(constraint.Check, scope);
                if (result.Error is null)
                {
                    constraints.Add(constraint);
                    continue;
                }

                var (table, check) = Origins[constraint.Name];
                Missed(table, check.Name, check.Expression, $"It is no constraint here: {result.Error.Message}", check.Columns);
            }
        }

        return constraints;
    }
}
