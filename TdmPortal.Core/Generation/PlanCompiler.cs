using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Turns a valid document into nodes that run; what cannot be satisfied is a problem with a name and a number.</summary>
internal sealed partial class PlanCompiler
{
    private readonly SchemaDocument document;
    private readonly GenerationOptions options;
    private readonly SchemaIndex index;
    private readonly List<SchemaProblem> problems = [];
    private readonly EntityNode[] entities;
    private readonly List<LinkNode> links = [];

    public PlanCompiler(SchemaDocument document, GenerationOptions options)
    {
        (this.document, this.options) = (document, options);
        index = new(document);
        entities = [.. document.Entities.Select((entity, i) => new EntityNode { Index = i, Definition = entity, Key = options.EntityKey(entity.Name) })];
    }

    public IReadOnlyList<SchemaProblem> Problems => problems;

    public EntityNode[] Entities => entities;

    public IReadOnlyList<LinkNode> Links => links;

    private bool Failed => problems.Exists(problem => problem.Severity == ProblemSeverity.Error);

    public bool Compile()
    {
        foreach (var entity in entities)
        {
            entity.Fields = [.. entity.Definition.Fields.Select((field, i) => new FieldNode
            {
                Index = i,
                Definition = field,
                Key = Randomness.Derive(options.EntityKey(entity.Definition.Name, field.Name), field.Name),
                NullKey = Randomness.Derive(Randomness.Derive(options.EntityKey(entity.Definition.Name, field.Name), field.Name), "null"),
                NullThreshold = Randomness.Threshold(field.NullPercent ?? 0),
            })];
        }

        for (var i = 0; i < document.Relationships.Count; i++)
            AddLink(document.Relationships[i], i);
        ResolveRows();
        if (!Failed)
            FillKeys();
        if (!Failed)
            MakeLinks();
        if (!Failed)
            MakeFields();
        if (!Failed)
            Correlate();
        if (!Failed)
            FindNullable();
        if (!Failed)
            ProveKeys();
        if (!Failed)
            MakeChecks();
        return !Failed;
    }

    private void AddLink(RelationshipDefinition relationship, int position)
    {
        var child = entities[index.Entity(relationship.From.Entity)!.Value];
        var parent = entities[index.Entity(relationship.To.Entity)!.Value];
        var link = new LinkNode { Definition = relationship, Position = position, Child = child, Parent = parent, Index = child.Parents.Count };
        links.Add(link);
        child.Parents.Add(link);
        parent.Children.Add(link);
    }

    private void ResolveRows()
    {
        foreach (var name in options.Rows.Keys.Where(name => index.Entity(name) is null))
            Add("", "generation.unknown_entity", $"rows were given for {name}, which is no entity of {document.Name}", NearestName.Find(name, document.Entities.Select(entity => entity.Name)) is { } nearest ? $"Write {nearest}" : $"Name one of {document.Name}'s entities");
        var state = new int[entities.Length];
        foreach (var entity in entities)
            entity.Rows = Rows(entity, state);
    }

    private long Rows(EntityNode entity, int[] state)
    {
        if (state[entity.Index] == 2)
            return entity.Rows;
        if (state[entity.Index] == 1)
        {
            Add($"entities[{entity.Index}]", "schema.cycle", $"{entity.Definition.Name}: its rows depend on themselves over perParent relationships");
            return 0;
        }

        state[entity.Index] = 1;
        var name = entity.Definition.Name;
        var given = options.Rows.TryGetValue(name, out var asked);
        if (entity.Parents.Find(link => link.Definition.DecidesRows) is { } deciding)
        {
            if (given)
                Add($"relationships[{deciding.Position}]", "generation.rows_per_parent", $"rows were given for {name}, but the relationship {deciding.Name} decides how many there are (perParent)", $"Give rows to {deciding.Parent.Definition.Name} instead");
            var parents = Rows(deciding.Parent, state);
            if (parents * Math.Max(1, (double)(deciding.Definition.Distribution!.Max ?? 1)) > SchemaValidator.MaxRows)
                Add($"relationships[{deciding.Position}]", "generation.too_many_rows", $"{deciding.Name} makes more than {SchemaValidator.MaxRows} rows of {name}", $"Lower max, or the rows of {deciding.Parent.Definition.Name}");
            else if ((entity.Rows = DerivedRows.Of(deciding.Definition, parents)) > SchemaValidator.MaxRows)
                Add($"relationships[{deciding.Position}].nullPercent", "generation.too_many_rows", $"{deciding.Name} makes more than {SchemaValidator.MaxRows} rows of {name}, those without a {deciding.Parent.Definition.Name} included", "Lower nullPercent");
        }
        else if (given)
        {
            entity.Rows = asked;
            if (asked < 0 || asked > SchemaValidator.MaxRows)
                Add($"entities[{entity.Index}].rows", "generation.rows_range", $"{name}: {asked} rows were asked for; it can be 0 to {SchemaValidator.MaxRows}", $"Ask for 0 to {SchemaValidator.MaxRows} rows");
        }
        else
        {
            var rows = entity.Definition.Rows ?? 0;
            entity.Rows = entity.Definition.Scale == false || rows == 0 ? rows : Math.Max(1, (long)Math.Min(SchemaValidator.MaxRows, Math.Round(rows * options.Scale)));
        }

        state[entity.Index] = 2;
        return entity.Rows;
    }

    private void Add(string path, string code, string message, params string[] actions) => problems.Add(new(path, code, message) { SuggestedActions = actions });

    private void Unsupported(string path, string message, params string[] actions) => Add(path, "generation.unsupported", message, actions);

    private static string Path(EntityNode entity, FieldNode field) => $"entities[{entity.Index}].fields[{field.Index}]";

    private static string Name(EntityNode entity, FieldNode field) => $"{entity.Definition.Name}.{field.Name}";

    private EntityScope Scope(EntityNode entity) => new(index, entity.Index);
}
