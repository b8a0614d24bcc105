using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>A column that the reference and the data have. Of keys no shape is asked.</summary>
internal sealed record Shared(string Place, ProfiledColumn Reference, ProfiledColumn Data, bool IsKey)
{
    public bool IsNumber => !IsKey && Reference.Distribution is not null && Data.Distribution is not null;

    public bool IsCategory => !IsKey && ColumnCodes.IsCategory(Reference);

    public FidelityDetail Detail(string measure, double? value, string whyNot) => new(Place, measure, value, value is null ? whyNot : null);
}
