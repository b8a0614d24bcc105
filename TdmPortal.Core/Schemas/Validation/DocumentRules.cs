namespace TdmPortal.Core.Schemas.Validation;

/// <summary>The document's own properties and its limits.</summary>
internal static class DocumentRules
{
    public static void Check(ValidationContext context)
    {
        var (document, problems) = (context.Document, context.Problems);
        CheckName(problems, "name", "The document", document.Name);
        CheckText(problems, "title", "The title", document.Title, 200);
        CheckText(problems, "description", "The description", document.Description, 10_000);
        if (document.Locale is { } locale && (locale.Length is 0 or > 20 || !locale.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
            problems.Error("locale", "schema.locale", $"{ValidationContext.Shown(locale)} is no locale.", "Write a language such as \"en\", \"de\" or \"pt_BR\"");
        if (document.Entities.Count == 0)
            problems.Error("entities", "schema.no_entities", "The schema has no entities, so there is nothing to generate.", "Add an entity");
        if (document.Entities.Count > SchemaValidator.MaxEntities)
            problems.Error("entities", "schema.limit", $"The schema has {document.Entities.Count} entities; at most {SchemaValidator.MaxEntities} are allowed.", "Split it into several schemas");

        var tables = new Dictionary<TableName, int>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < document.Entities.Count; i++)
        {
            var entity = document.Entities[i];
            CheckName(problems, $"entities[{i}].name", "An entity", entity.Name);
            if (entity.Name.Length > 0 && !names.TryAdd(entity.Name, i))
                Twice(problems, $"entities[{i}].name", $"There are two entities called {ValidationContext.Shown(entity.Name)} (the other is entities[{names[entity.Name]}]).");
            if (entity.Table is { } table && !tables.TryAdd(table, i))
                Twice(problems, $"entities[{i}].table", $"{ValidationContext.Shown(entity.Name)} and {ValidationContext.Shown(document.Entities[tables[table]].Name)} have the same table.");
        }
    }

    public static void CheckName(ProblemList problems, string path, string owner, string name)
    {
        if (LegalNames.IsLegal(name))
            return;
        if (name.Length == 0)
        {
            problems.Error(path, "schema.name", $"{owner} has no name.", "Give it a name of lower-case letters, digits and _");
            return;
        }

        var reason = name.Length > LegalNames.MaxLength ? $"it has {name.Length} characters, at most {LegalNames.MaxLength} are allowed" : "a name begins with a lower-case letter and goes on with lower-case letters, digits and _";
        problems.Error(path, "schema.name", $"{owner} cannot be called {ValidationContext.Shown(name)}: {reason}.", $"Call it {LegalNames.ToLegal(name, "field")}");
    }

    public static void CheckText(ProblemList problems, string path, string owner, string? text, int most)
    {
        if (text?.Length > most)
            problems.Error(path, "schema.limit", $"{owner} has {text.Length} characters; at most {most} are allowed.", "Shorten it");
        if (text?.Contains('\0', StringComparison.Ordinal) == true)
            problems.Error(path, "schema.text", $"{owner} holds the character NUL, which a database cannot store.", "Remove it");
    }

    public static void Twice(ProblemList problems, string path, string message) =>
        problems.Error(path, "schema.duplicate_name", message, "Rename one of them");
}
