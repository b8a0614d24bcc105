using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TdmPortal.Core.Reviews;

namespace TdmPortal.Data.Reviews;

/// <summary>Row of <c>portal.proposal</c>.</summary>
internal sealed class StoredProposal : IEntityTypeConfiguration<StoredProposal>
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public ProposalKind Kind { get; set; }
    public Guid? SchemaId { get; set; }
    public Guid? DatasetId { get; set; }
    /// <summary>Of an override.</summary>
    public string? Place { get; set; }
    public string Title { get; set; } = "";
    /// <summary>The schema's version, or the schedule's revision, that it stands on; 0: there was none.</summary>
    public int BaseVersion { get; set; }
    /// <summary>What was there, as JSON: a list of overrides, or a <see cref="ProposedSchedule"/>.</summary>
    public string Base { get; set; } = "[]";
    /// <summary>What it wants, as JSON: a document, a <see cref="ProposedOverride"/>, or a <see cref="ProposedSchedule"/>.</summary>
    public string Wanted { get; set; } = "{}";
    public string? Note { get; set; }
    public ProposalState State { get; set; }
    public Guid ProposedBy { get; set; }
    public DateTimeOffset ProposedAt { get; set; }
    public Guid? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? Comment { get; set; }
    /// <summary>The transaction that approved it.</summary>
    public ulong? ApprovedIn { get; set; }

    public void Configure(EntityTypeBuilder<StoredProposal> builder)
    {
        builder.ToTable("proposal");
        builder.Property(one => one.Kind).HasConversion(kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), text => Enum.Parse<ProposalKind>(text.Replace("_", "", StringComparison.Ordinal), true));
        builder.Property(one => one.State).HasConversion(state => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString()), text => Enum.Parse<ProposalState>(text, true));
        builder.Property(one => one.Base).HasColumnType("json");
        builder.Property(one => one.Wanted).HasColumnType("json");
        builder.Property(one => one.ApprovedIn).HasColumnType("xid8");
    }
}
