namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>An object that the schema describes.</summary>
/// <param name="key">Where it is defined.</param>
internal sealed class ObjectNode(string key, SchemaShape shape)
{
    public string Key { get; } = key;

    public SchemaShape Shape { get; } = shape;

    /// <summary>Its definition's name; null where it has none and is only written in place.</summary>
    public string? Name { get; set; }

    /// <summary>Members that are objects, or lists of them.</summary>
    public List<ObjectEdge> Edges { get; } = [];

    /// <summary>Rows of it stand by themselves.</summary>
    public bool IsRoot { get; set; }

    /// <summary>It has itself inside of it, on whatever way.</summary>
    public bool IsRecursive { get; set; }

    /// <summary>A member that tells one from another; null where there is none.</summary>
    public string? KeyMember { get; set; }

    /// <summary>While members are followed: 1 on the way, 2 done.</summary>
    public int State { get; set; }
}

/// <summary>A member of an object that is an object, or a list of objects.</summary>
/// <param name="Member">Its name.</param>
/// <param name="Shape">Of the object, or of the list.</param>
/// <param name="IsRequired">It is there, and not null.</param>
internal sealed record ObjectEdge(ObjectNode From, string Member, ObjectNode To, SchemaShape Shape, bool IsMany, bool IsRequired);
