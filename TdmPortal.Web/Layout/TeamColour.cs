namespace TdmPortal.Web.Layout;

/// <summary>A team's colour, so that one sees at a glance where one works: always the same for the same key.</summary>
public static class TeamColour
{
    private static readonly string[] Colours = ["#4453d6", "#0b8a83", "#c2620d", "#a3338f", "#2f7d32", "#b3202f", "#5b6b8c", "#8a6d00"];

    public static string Of(string key) => Colours[key.Aggregate(0, (sum, letter) => (sum * 31 + letter) & 0xffff) % Colours.Length];
}
