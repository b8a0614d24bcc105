using System.Globalization;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Masking;

/// <summary>Reads the paths of a policy's problems.</summary>
public static class PolicyPlace
{
    /// <summary>2 of <c>rules[2].args.min</c>.</summary>
    public static int? RuleOf(string path) => IndexOf(path, "rules");

    /// <summary>The number in the brackets after a property's name at the beginning of a path.</summary>
    public static int? IndexOf(string path, string property)
    {
        if (!path.StartsWith(property + "[", StringComparison.Ordinal) || path.IndexOf(']', StringComparison.Ordinal) is var end && end < 0)
            return null;
        return int.TryParse(path.AsSpan(property.Length + 1, end - property.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    /// <summary>What of the rule: <c>args.min</c> of <c>rules[2].args.min</c>.</summary>
    public static string PropertyOf(string path) => path.IndexOf("].", StringComparison.Ordinal) is var end and >= 0 ? path[(end + 2)..] : "";

    /// <summary><c>customer.email</c>, of that path or of <c>entities[0].fields[2]…</c>.</summary>
    public static string? ColumnOf(string path, SchemaDocument document)
    {
        if (IndexOf(path, "entities") is { } at && at < document.Entities.Count && IndexOf(PropertyOf(path), "fields") is { } field && field < document.Entities[at].Fields.Count)
            return PolicyEdits.Name(document.Entities[at].Name, document.Entities[at].Fields[field].Name);
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && document.Entity(path[..dot])?.Field(path[(dot + 1)..].Split('.', '[')[0]) is { } found ? PolicyEdits.Name(path[..dot], found.Name) : null;
    }
}
