using System.Globalization;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Proof;

/// <summary>
/// Proves masked rows against their originals. Rows go through <see cref="PassesOf"/> once, masked columns first and the
/// originals behind them (<see cref="MaskedSource.Beside"/>); <see cref="Complete"/> looks again at what may be an
/// original elsewhere. What comes out does not depend on threads or the order of rows.
/// </summary>
public sealed class MaskingProver
{
    /// <summary>Failing groups whose values are told.</summary>
    private const int MostGroups = 20;

    /// <summary>Share of masked values that may be another row's original where both are taken from the same words.</summary>
    private const double Coincidence = 0.05;

    // Many people are called Miller and live in Main Street, so a name that one of them got is another's without saying anything of either.
    private static readonly HashSet<string> SharedByMany = new(StringComparer.Ordinal) { "last_name", "full_name", "street", "address" };

    private readonly IReadOnlyList<SourceEntity> entities;
    private readonly IReadOnlyList<ColumnDecision> decisions;
    private readonly MaskingPolicy policy;
    private readonly Dictionary<string, List<ColumnState>> compared = new(StringComparer.Ordinal);
    private readonly Dictionary<QuasiIdentifiers, (int[] Fields, GroupPass Pass)> groups = [];
    private readonly Dictionary<string, IReadOnlyList<RowPass>> passes = new(StringComparer.Ordinal);

    /// <param name="entities">Of the source, without the columns behind.</param>
    /// <param name="decisions">What became of each column.</param>
    public MaskingProver(IReadOnlyList<SourceEntity> entities, IReadOnlyList<ColumnDecision> decisions, MaskingPolicy policy)
    {
        (this.entities, this.decisions, this.policy) = (entities, decisions, policy);
        var sentinels = policy.Sentinels.ToHashSet(StringComparer.Ordinal);
        foreach (var entity in entities)
        {
            var columns = entity.Columns.ToList();
            var states = decisions.Where(decision => decision.Entity == entity.Name && KindOf(decision) is ProofKind.ColumnWide or ProofKind.RowByRow)
                .Select(decision => new ColumnState(decision, columns.FindIndex(column => column.Name == decision.Field), KindOf(decision) == ProofKind.ColumnWide ? new Bloom() : null, sentinels)).Where(state => state.Place >= 0).ToList();
            compared[entity.Name] = states;
            var own = new List<RowPass>();
            if (states.Count > 0)
                own.Add(new ColumnPass(entity.Columns, states, columns.Count));
            foreach (var asked in policy.QuasiIdentifiers.Where(asked => asked.Entity == entity.Name))
            {
                int[] fields = [.. asked.Fields.Select(field => columns.FindIndex(column => column.Name == field)).Where(place => place >= 0)];
                var sensitive = asked.Sensitive is null ? -1 : columns.FindIndex(column => column.Name == asked.Sensitive);
                var pass = new GroupPass(fields, sensitive < 0 ? null : sensitive, columns.Count);
                groups[asked] = (fields, pass);
                own.Add(pass);
            }

            passes[entity.Name] = own;
        }
    }

    /// <summary>What looks at an entity's rows; the same ones at every call.</summary>
    public IReadOnlyList<RowPass> PassesOf(string entity) => passes.GetValueOrDefault(entity) ?? [];

    /// <summary>The proof, once all rows went through the passes.</summary>
    /// <param name="masked">The masked rows, with or without originals behind.</param>
    /// <param name="beside">Masked rows with their originals behind; read again only where a masked value may be an original elsewhere.</param>
    public MaskingProof Complete(RowSource masked, RowSource beside, CancellationToken cancellation)
    {
        foreach (var (entity, states) in compared)
        {
            var whole = states.Where(state => state.Originals is not null).ToList();
            if (whole.Count == 0)
                continue;
            RowPasses.Run(masked, masked.Entities.First(one => one.Name == entity), [new CandidatePass(whole, 0, confirm: false)], cancellation: cancellation);
            whole.RemoveAll(state => state.Candidates.Count == 0);
            if (whole.Count > 0)
                RowPasses.Run(beside, beside.Entities.First(one => one.Name == entity), [new CandidatePass(whole, entities.First(one => one.Name == entity).Columns.Count, confirm: true)], cancellation: cancellation);
        }

        var byPlace = compared.Values.SelectMany(states => states).ToDictionary(state => (state.Decision.Entity, state.Decision.Field));
        return new([.. decisions.Select(decision => Judge(decision, byPlace.GetValueOrDefault((decision.Entity, decision.Field))))], [.. policy.QuasiIdentifiers.Where(groups.ContainsKey).Select(asked => Judge(asked, masked, cancellation))]);
    }

    private ProofKind KindOf(ColumnDecision decision)
    {
        if (decision.Masker is null)
            return decision.Personal is null ? ProofKind.NotMasked : ProofKind.Kept;
        if (MaskerCatalogue.Find(decision.Masker) is not { } definition || definition.Traits.HasFlag(MaskerTraits.MayKeepValue) || HasCondition(decision))
            return ProofKind.Exempt;
        return decision.Personal is { } kind && PersonalKinds.Find(kind)?.Identifies == true && !SharedByMany.Contains(kind) ? ProofKind.ColumnWide : ProofKind.RowByRow;
    }

    /// <summary>Whether the rule that decided it masks some rows only.</summary>
    private bool HasCondition(ColumnDecision decision) => policy.Rules.Any(rule => rule.When is not null && rule.Masker == decision.Masker
        && (rule.Personal is { } kind ? kind == decision.Personal : rule.Columns.Any(column => column == $"{decision.Entity}.{decision.Field}" || column == $"*.{decision.Field}")));

    private ColumnProof Judge(ColumnDecision decision, ColumnState? state)
    {
        var kind = KindOf(decision);
        if (state is null)
        {
            return new(decision.Entity, decision.Field, decision.Masker, kind, 0, 0, null, true, kind switch
            {
                ProofKind.Exempt => HasCondition(decision) ? "Rows for which the condition does not hold keep their value." : "The masker may give a value back as it is, so nothing is compared.",
                ProofKind.Kept => decision.Reason,
                _ => null,
            });
        }

        var elsewhere = state.Originals is null ? (long?)null : state.Beyond + state.Confirmed.Sum(hash => state.Candidates[hash]);
        var traits = MaskerCatalogue.Find(decision.Masker!)!.Traits;
        if (state.Same > 0)
            return new(decision.Entity, decision.Field, decision.Masker, kind, state.Compared, state.Same, elsewhere, false, string.Create(CultureInfo.InvariantCulture, $"{state.Same:N0} of {state.Compared:N0} rows still have their own original."));
        if (elsewhere is null or 0)
            return new(decision.Entity, decision.Field, decision.Masker, kind, state.Compared, 0, elsewhere, true, null);

        // Of one form there are only so many values: numbers of a dense range are each other's originals.
        var holds = traits.HasFlag(MaskerTraits.KeepsForm) || elsewhere <= state.Compared * Coincidence;
        var note = holds ? string.Create(CultureInfo.InvariantCulture, $"{elsewhere:N0} masked values are, by coincidence, another row's original; none is its own.") : string.Create(CultureInfo.InvariantCulture, $"{elsewhere:N0} of {state.Compared:N0} masked values are originals of other rows.");
        return new(decision.Entity, decision.Field, decision.Masker, kind, state.Compared, 0, elsewhere, holds, note);
    }

    private GroupProof Judge(QuasiIdentifiers asked, RowSource masked, CancellationToken cancellation)
    {
        var (fields, pass) = groups[asked];
        if (pass.After.TooMany)
            return new(asked, pass.Before.Risk(), null, GroupState.MostGroups, 0, null, [], false);
        var failing = pass.After.Failing(asked.K, asked.Sensitive is null ? null : asked.L);
        var shown = failing.Take(MostGroups).ToList();
        var entity = masked.Entities.First(one => one.Name == asked.Entity);
        var texts = new GroupTextPass(entity.Columns, fields, shown.Select(group => group.Group).ToHashSet());
        if (shown.Count > 0)
            RowPasses.Run(masked, entity, [texts], cancellation: cancellation);
        return new(asked, pass.Before.Risk(), pass.After.Risk(), failing.Count, failing.Sum(group => group.Rows), pass.After.EntropyL(),
            [.. shown.Select(group => new SmallGroup(texts.Values.GetValueOrDefault(group.Group) ?? [], group.Rows, group.Distinct))], failing.Count == 0);
    }
}
