using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Addresses;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Vehicles;

/// <summary>Number plates in the forms of their countries.</summary>
internal static class LicensePlates
{
    private static readonly Dictionary<string, string> Forms = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["US"] = "???-#### || #???###", ["CA"] = "???? ###", ["GB"] = "??## ???", ["AU"] = "???-## ? || ??-##-??", ["IN"] = "DL !# ?? #### || MH ## ?? #### || KA ## ?? ####", ["IE"] = "##1-D-##### || ##2-C-####",
        ["DE"] = "B-?? !### || M-?? !### || HH-?? !### || K-?? !### || F-?? !### || S-?? !### || L-?? !##", ["AT"] = "W !####? || G !###?? || L !##??", ["CH"] = "ZH !##### || BE !##### || VD !##### || AG !#####",
        ["FR"] = "??-###-??", ["ES"] = "#### ???", ["MX"] = "???-###-?", ["IT"] = "?? ###??", ["NL"] = "??-###-? || ?-###-??", ["BE"] = "1-???-### || 2-???-###", ["PT"] = "??-##-??", ["BR"] = "???#?##",
        ["PL"] = "WA ##### || KR ##### || GD #####", ["CZ"] = "!A# #### || !B# ####", ["SK"] = "BA-###?? || KE-###??", ["HR"] = "ZG !###-?? || ST !##-??", ["RO"] = "B-!##-??? || CJ-##-???", ["SE"] = "??? ### || ??? ##?",
        ["NO"] = "?? #####", ["FI"] = "???-###", ["TR"] = "34 ?? #### || 06 ??? ##", ["GR"] = "???-!###", ["JP"] = "品川 3## あ ##-## || 横浜 5## さ ##-##", ["CN"] = "京A##### || 沪B#####", ["KR"] = "!##가 #### || !##나 ####", ["ID"] = "B #### ???",
        ["RU"] = "А###ВС77 || М###ОР78", ["UA"] = "АА####ВС || ВС####НІ",
    };

    public static ValueSource? Create(SourceContext context) =>
        context.Country() is { } country && Forms.TryGetValue(country.Code, out var forms) ? PhraseSource.Create(context, forms.Split(" || ")) : null;
}
