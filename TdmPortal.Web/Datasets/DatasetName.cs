using System.Text;
using System.Text.RegularExpressions;

namespace TdmPortal.Web.Datasets;

/// <summary>The name of a dataset, which is also part of a database schema's name.</summary>
public static partial class DatasetName
{
    /// <summary>Longest name, so that team, dataset and version fit into an identifier of 63 bytes.</summary>
    public const int MaxLength = 34;

    /// <summary>What is wrong with a name, in words; null when nothing is.</summary>
    public static string? Problem(string? name) => name switch
    {
        null or "" => "Give the dataset a name.",
        { Length: > MaxLength } => $"At most {MaxLength} characters, this has {name.Length}.",
        _ when !Pattern().IsMatch(name) => "Lower-case letters, digits and single underscores, starting with a letter.",
        _ => null,
    };

    /// <summary>The nearest valid name.</summary>
    public static string From(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '_')
                name.Append('_');
        }

        var valid = name.ToString().TrimStart('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return (valid.Length > MaxLength ? valid[..MaxLength] : valid).TrimEnd('_') is { Length: > 0 } found ? found : "dataset";
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(_[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
