using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TdmPortal.Core.Schemas.Overriding;

namespace TdmPortal.Data.Schemas;

/// <summary>Row of <c>portal.schema_override</c>.</summary>
internal sealed class StoredSchemaOverride : IEntityTypeConfiguration<StoredSchemaOverride>
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid SchemaId { get; set; }
    public string Entity { get; set; } = "";
    public string? Field { get; set; }
    public string Value { get; set; } = "{}";
    public string Was { get; set; } = "{}";
    public string Reason { get; set; } = "";
    public Guid? ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    public void Take(SchemaOverride one)
    {
        (Entity, Field, Reason, Was) = (one.Entity, one.Field, one.Reason, StoredJson.Write(one.Was));
        Value = StoredJson.Write(new Content(one.Rows, one.Generator, one.Args.ToDictionary(argument => argument.Key, argument => argument.Value), one.NullPercent));
    }

    public SchemaOverride ToOverride()
    {
        var content = StoredJson.Read<Content>(Value);
        return new(Entity, Field, Reason) { Rows = content.Rows, Generator = content.Generator, Args = new(content.Args), NullPercent = content.NullPercent, Was = StoredJson.Read<OverriddenPart>(Was) };
    }

    public void Configure(EntityTypeBuilder<StoredSchemaOverride> builder)
    {
        builder.ToTable("schema_override");
        builder.Property(one => one.Value).HasColumnType("json");
        builder.Property(one => one.Was).HasColumnType("json");
    }

    private sealed record Content(long? Rows, string? Generator, Dictionary<string, JsonElement> Args, double? NullPercent);
}
