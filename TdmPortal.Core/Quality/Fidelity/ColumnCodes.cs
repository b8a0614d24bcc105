using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>
/// Values of a column as small numbers: 0 for null; a category's place, and one more for those that the profile does not
/// know; of numbers one of ten stretches of equal width between the profile's least and greatest, the outer ones without end.
/// </summary>
internal sealed class ColumnCodes
{
    /// <summary>More than any code.</summary>
    public const int Most = 128;
    private const int Bins = 10;
    private const int MostCategories = 100;

    private readonly Dictionary<ulong, int>? categories;
    private readonly double least;
    private readonly double width;

    private ColumnCodes(ProfiledColumn column)
    {
        if (column.Distribution is { } spread)
            (least, width) = (spread.Least, (spread.Greatest - spread.Least) / Bins);
        else
            categories = Enumerable.Range(0, column.Values.Hashes.Length).ToDictionary(place => column.Values.Hashes[place] is 0 ? 1 : column.Values.Hashes[place], place => place + 1);
    }

    public bool IsNumber => categories is null;

    /// <summary>Null for a column that has neither numbers nor few categories, or no values at all.</summary>
    public static ColumnCodes? Of(ProfiledColumn column) => column.Filled == 0 ? null
        : column.Distribution is { Count: > 0 } ? new(column)
        : IsCategory(column) && column.Values.Hashes.Length <= MostCategories ? new(column) : null;

    /// <summary>Whether a column's values are categories: booleans, and texts that are at most a tenth as many as rows (or ten).</summary>
    public static bool IsCategory(ProfiledColumn column) => !column.Profile.IsArray && column.Values.IsAll && column.Profile.Type switch
    {
        FieldType.Boolean => true,
        FieldType.String => column.Profile.Distinct <= Math.Max(10, column.Filled / 10),
        _ => false,
    };

    /// <summary>The codes of a column of a sample.</summary>
    public byte[] Encode(RowSample sample, int column)
    {
        var codes = new byte[sample.Rows.Count];
        for (var place = 0; place < codes.Length; place++)
        {
            if (categories is not null)
            {
                var hash = sample.Hash(column, place);
                codes[place] = (byte)(hash == 0 ? 0 : categories.TryGetValue(hash, out var code) ? code : categories.Count + 1);
                continue;
            }

            var number = sample.Number(column, place);
            codes[place] = (byte)(double.IsNaN(number) ? 0 : width > 0 ? 1 + Math.Clamp((int)Math.Floor((number - least) / width), 0, Bins - 1) : number < least ? 1 : number == least ? 2 : 3);
        }

        return codes;
    }
}
