using System.Text.Json;
using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Quality;

/// <summary>Reports as JSON that people keep and other programs read.</summary>
public static class QualityJson
{
    private static readonly JsonSerializerOptions Indented = new(StoredJson.Options) { WriteIndented = true };

    public static string Write(QualityReport report) => JsonSerializer.Serialize(report, Indented);
}
