using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Import;

namespace TdmPortal.Data.Masking;

/// <summary>What the policy editor asks of a source: what a draft would do, and some rows before and after. Reads of a source are recorded.</summary>
public sealed class MaskingDesk(PortalDatabase database, SourceStore sources, SourceFindings findings, MaskingBench bench, MaskingKeys keys)
{
    /// <summary>Rows that maskers which look at all of them see in a preview.</summary>
    private const long SampleRows = 2_000;

    private const int MostRows = 100;
    private const int LongestReason = 300;

    /// <summary>What the draft would do to each column.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">Why the source cannot be read.</exception>
    public async Task<MaskingView> ViewAsync(Actor actor, Guid sourceId, MaskingPolicy draft, CancellationToken cancellation)
    {
        var (source, input) = await OpenAsync(actor, sourceId, draft, cancellation);
        await using var opened = source;
        var result = MaskPlan.Compile(input);
        return new(source.Document, result.Decisions, result.Identities, input.Findings, result.Problems) { Drift = MaskingBench.DriftOf(draft, source, result), Remembered = SchemaDrift.Remember(source.Rows.Entities) };
    }

    /// <summary>The first rows of an entity before and after. Before shows shapes only, but for revealed fields.</summary>
    /// <param name="reveal">Fields whose originals are shown: for leads, with a reason, recorded a field each.</param>
    /// <exception cref="ForbiddenException">Originals are for leads.</exception>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">masking.bad_reason, masking.stopped, or why the source cannot be read.</exception>
    public async Task<MaskedSample> SampleAsync(Actor actor, Guid sourceId, MaskingPolicy draft, string entity, int rows, IReadOnlyList<string> reveal, string? reason, CancellationToken cancellation)
    {
        if (reveal.Count > 0)
        {
            await database.DemandAsync(actor, actor.IsLead, "Only a lead of the team sees originals.", cancellation);
            reason = Reasons.Check(reason, LongestReason);
        }

        var (source, input) = await OpenAsync(actor, sourceId, draft, cancellation);
        await using var opened = source;
        // A preview helps to decide, so what is not decided yet does not stand in its way.
        var undecided = MaskPlan.Compile(input).Decisions.Where(decision => decision.By == DecidedBy.Undecided).Select(decision => $"{decision.Entity}.{decision.Field}").ToHashSet(StringComparer.Ordinal);
        var result = MaskPlan.Compile(input with { SignedOff = undecided });
        if (result.Plan is not { } plan)
            throw new PortalException("masking.stopped", result.Problems[0].Message) { SuggestedActions = result.Problems[0].SuggestedActions };
        var masked = new MaskedSource(new LimitedSource(source.Rows, SampleRows), plan, 1);
        var beside = masked.Beside.Entities.FirstOrDefault(one => one.Name == entity) ?? throw new NotFoundException($"The table {entity}");
        foreach (var field in reveal)
            await database.RecordAsync(AuditSource.Of(actor), AuditAction.OriginalsShown, AuditObject.Source(sourceId, source.Name), new { entity, field, rows, reason }, cancellation);
        var cells = await Task.Run(() =>
        {
            masked.Prepare(null, cancellation);
            return SourceRows.Read(masked.Beside, beside, Math.Clamp(rows, 1, MostRows), cancellation);
        }, cancellation);
        var fields = beside.Columns.Take(beside.Columns.Count / 2).Select(column => column.Name).ToList();
        return new(entity, fields, [.. cells.Select(row => Before(row, fields, reveal))], [.. cells.Select(row => row.Take(fields.Count).ToList())], [.. reveal]);
    }

    /// <summary>The source, and what a plan of the draft over it is made from.</summary>
    private async Task<(OpenedSource Source, MaskInput Input)> OpenAsync(Actor actor, Guid sourceId, MaskingPolicy draft, CancellationToken cancellation)
    {
        var source = await sources.OpenAsync(actor, sourceId, cancellation);
        try
        {
            var found = await findings.OfAsync(source, cancellation);
            var (_, key) = await keys.CurrentAsync(actor, cancellation);
            return (source, await bench.InputAsync(actor.TeamId, null, source, draft, found, key, cancellation));
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private static List<string?> Before(IReadOnlyList<string?> row, List<string> fields, IReadOnlyList<string> reveal) =>
        [.. fields.Select((field, place) => row[fields.Count + place] is not { } original ? null : reveal.Contains(field, StringComparer.Ordinal) ? original : Redacted.Shape(original))];
}
