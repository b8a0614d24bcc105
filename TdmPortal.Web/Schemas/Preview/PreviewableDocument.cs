using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Preview;

/// <summary>
/// A half-finished document has errors most of the time, and the author still wants to see rows: what has an error is
/// left out, and the rest is shown.
/// </summary>
public static class PreviewableDocument
{
    /// <summary>The document without the fields, checks, relationships and entities that the errors are at; null when nothing would be left out.</summary>
    public static SchemaDocument? Without(SchemaDocument document, ProblemIndex problems)
    {
        var next = document;
        foreach (var problem in problems.All.Where(p => p.IsError))
        {
            next = problem.Place.Split(':')[0] switch
            {
                "f" => next.RemoveFields(problem.Entity!, [problem.Field!]),
                "r" => next with { Relationships = [.. next.Relationships.Where(r => $"r:{r.Name}" != problem.Place)] },
                "c" => next with { Constraints = [.. next.Constraints.Where(c => $"c:{c.Name}" != problem.Place)] },
                "e" => problem.Property.Split('[', '.')[0] switch
                {
                    "primaryKey" => next.WithEntity(problem.Entity!, e => e with { PrimaryKey = [] }),
                    "unique" => next.WithEntity(problem.Entity!, e => e with { Unique = [] }),
                    "correlations" => next.WithEntity(problem.Entity!, e => e with { Correlations = [] }),
                    "rows" => next.WithEntity(problem.Entity!, e => e with { Rows = 20 }),
                    "table" => next.WithEntity(problem.Entity!, e => e with { Table = null }),
                    _ => next.RemoveEntity(problem.Entity!),
                },
                _ => problem.Property is "name" ? next with { Name = "draft" } : problem.Property is "locale" ? next with { Locale = null } : next,
            };
        }

        // A field that a dropped relationship filled has nothing left to fill it.
        var filled = next.Relationships.SelectMany(r => r.From.Fields.Select(f => (r.From.Entity, f))).ToHashSet();
        var was = document.Relationships.SelectMany(r => r.From.Fields.Select(f => (r.From.Entity, f))).ToHashSet();
        foreach (var entity in document.Entities)
        {
            var empty = entity.Fields.Where(f => f.Generator is null && was.Contains((entity.Name, f.Name)) && !filled.Contains((entity.Name, f.Name))).Select(f => f.Name).ToList();
            next = next.RemoveFields(entity.Name, empty);
            next = next.WithEntity(entity.Name, e => e.Rows is null && !next.Relationships.Any(r => r.From.Entity == e.Name && r.DecidesRows) ? e with { Rows = 20 } : e);
        }

        return ReferenceEquals(next, document) ? null : next;
    }
}
