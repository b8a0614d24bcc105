using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>What a generator is told when it is made ready for a field.</summary>
public class SourceContext
{
    private readonly List<SchemaProblem> problems = [];

    /// <summary>A field of an entity, under a seed.</summary>
    public SourceContext(string entityName, FieldDefinition field, string locale, GenerationOptions options)
    {
        (EntityName, Field, Locale, Options) = (entityName, field, locale, options);
        EntityKey = options.EntityKey(entityName, field.Name);
        FieldKey = Randomness.Derive(EntityKey, field.Name);
        AsOf = (options.AsOf.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
    }

    /// <summary>The entity's name.</summary>
    public string EntityName { get; }

    /// <summary>The field as the document has it.</summary>
    public FieldDefinition Field { get; }

    /// <summary>The generator's arguments.</summary>
    public ArgumentValues Args => Field.Args;

    /// <summary>Type of the values (of the elements, for an array).</summary>
    public FieldType Type => Field.Type;

    /// <summary>Digits in all, decimal only.</summary>
    public int Precision => Field.Precision ?? 18;

    /// <summary>Digits after the point, decimal only.</summary>
    public int Scale => Field.Scale ?? 2;

    /// <summary>Longest text in code points, null for no bound.</summary>
    public int? MaxLength => Field.MaxLength;

    /// <summary>Whether no two rows may have the same value: <see cref="ValueSource.FillUnique"/> will be called then.</summary>
    public bool Unique { get; init; }

    /// <summary>Locale of names, places and words.</summary>
    public string Locale { get; }

    /// <summary>The inputs of the generation.</summary>
    public GenerationOptions Options { get; }

    /// <summary>What <c>now</c> means: microseconds since 1970-01-01T00:00:00Z.</summary>
    public long AsOf { get; }

    /// <summary>Mix of seed and entity: what the fields of a row share (a person, a place) starts from it.</summary>
    public ulong EntityKey { get; }

    /// <summary>Mix of seed, entity and field.</summary>
    public ulong FieldKey { get; }

    /// <summary>Where the field stands in the document, for problems.</summary>
    public string Path { get; init; } = "";

    /// <summary>What was reported so far.</summary>
    public IReadOnlyList<SchemaProblem> Problems => problems;

    /// <summary>The argument's value, or null.</summary>
    public JsonElement? Argument(string name) => Args[name];

    /// <summary>Reports a problem with the field or one of its arguments; the generator then returns null.</summary>
    /// <param name="message">What is wrong and why; the field's name is put before it.</param>
    /// <param name="action">What the author can do.</param>
    /// <param name="argument">The argument that it is about; null for the generator as a whole.</param>
    public void Report(string code, string message, string action, string? argument = null) =>
        problems.Add(new(argument is null ? $"{Path}.generator" : $"{Path}.args.{argument}", code, $"{EntityName}.{Field.Name}: {message}") { SuggestedActions = [action] });

    /// <summary>
    /// A field to read while filling: a name, or <c>parent(relationship).field</c>. Null, with a problem reported, when
    /// there is none of that name.
    /// </summary>
    /// <param name="argument">The argument that names it, for the problem.</param>
    public virtual FieldReference? Reference(string text, string argument)
    {
        Report("schema.unknown_field", $"there is no field {text} to read here", "Name a field of the same entity, or parent(relationship).field", argument);
        return null;
    }
}
