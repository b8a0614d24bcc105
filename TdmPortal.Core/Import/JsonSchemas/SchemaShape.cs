using System.Text.Json;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>What a value must be like: all parts of its schema put together.</summary>
internal sealed class SchemaShape(string pointer)
{
    public string Pointer { get; } = pointer;
    public string? Title { get; set; }
    public string? Description { get; set; }
    public JsonKinds Kinds { get; set; } = JsonKinds.All;
    /// <summary>Kinds whose keywords stand there, for schemas without a type.</summary>
    public JsonKinds Hinted { get; set; }
    /// <summary>The only values, null not among them; null: any.</summary>
    public List<JsonElement>? Values { get; set; }
    public decimal? Min { get; private set; }
    public bool MinIsOpen { get; private set; }
    public decimal? Max { get; private set; }
    public bool MaxIsOpen { get; private set; }
    public decimal? Step { get; set; }
    public int MinLength { get; set; }
    public int? MaxLength { get; set; }
    public List<string> Patterns { get; } = [];
    public string? Format { get; set; }
    public int MinItems { get; set; }
    public int? MaxItems { get; set; }
    public bool ItemsDiffer { get; set; }
    public bool IsTuple { get; set; }
    public List<SchemaPart> Items { get; } = [];
    /// <summary>Of a tuple: each place.</summary>
    public List<SchemaPart> Places { get; } = [];
    public Dictionary<string, List<SchemaPart>> Properties { get; } = new(StringComparer.Ordinal);
    public List<string> PropertyOrder { get; } = [];
    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);
    public List<SchemaRule> Rules { get; } = [];
    public List<SchemaPart> Not { get; } = [];
    public int MinProperties { get; set; }
    public bool IsImpossible { get; set; }
    /// <summary>Null although the type says otherwise: <c>nullable</c> beside a reference.</summary>
    public bool IsNullable { get; set; }

    public bool CanBeNull => IsNullable || (Kinds.HasFlag(JsonKinds.Null) && (Kinds != JsonKinds.All || (Values is null && Hinted == JsonKinds.None)));

    /// <summary>The kind that is made of those that are allowed.</summary>
    public JsonKinds Kind
    {
        get
        {
            var kinds = Kinds & ~JsonKinds.Null;
            if (kinds == (JsonKinds.All & ~JsonKinds.Null))
                kinds = Values is { Count: > 0 } values ? values.Aggregate(JsonKinds.None, (all, one) => all | Of(one)) : Hinted;
            return kinds switch
            {
                _ when kinds.HasFlag(JsonKinds.Number) => JsonKinds.Number,
                _ when kinds.HasFlag(JsonKinds.Integer) => JsonKinds.Integer,
                _ when kinds.HasFlag(JsonKinds.String) => JsonKinds.String,
                _ when kinds.HasFlag(JsonKinds.Boolean) => JsonKinds.Boolean,
                _ when kinds.HasFlag(JsonKinds.Object) => JsonKinds.Object,
                _ when kinds.HasFlag(JsonKinds.Array) => JsonKinds.Array,
                _ => JsonKinds.None,
            };
        }
    }

    /// <summary>Several kinds are allowed, of which one is made.</summary>
    public bool IsMixed => Kinds != JsonKinds.All && (Kinds & ~JsonKinds.Null) is var kinds && kinds != JsonKinds.None && kinds != (JsonKinds.Integer | JsonKinds.Number) && System.Numerics.BitOperations.PopCount((uint)kinds) > 1;

    public bool IsObject => Kind == JsonKinds.Object && PropertyOrder.Count > 0 && Values is null;

    public void AtLeast(decimal value, bool isOpen)
    {
        if (Min is null || value > Min || (value == Min && isOpen))
            (Min, MinIsOpen) = (value, isOpen);
    }

    public void AtMost(decimal value, bool isOpen)
    {
        if (Max is null || value < Max || (value == Max && isOpen))
            (Max, MaxIsOpen) = (value, isOpen);
    }

    public void Add(string property, SchemaPart part)
    {
        if (Properties.TryGetValue(property, out var parts))
        {
            parts.Add(part);
            return;
        }

        Properties.Add(property, [part]);
        PropertyOrder.Add(property);
    }

    public static JsonKinds Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => JsonKinds.Boolean,
        JsonValueKind.Number => value.TryGetInt64(out _) ? JsonKinds.Integer : JsonKinds.Number,
        JsonValueKind.String => JsonKinds.String,
        JsonValueKind.Array => JsonKinds.Array,
        JsonValueKind.Object => JsonKinds.Object,
        _ => JsonKinds.Null,
    };
}
