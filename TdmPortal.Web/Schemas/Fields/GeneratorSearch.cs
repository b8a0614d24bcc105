using TdmPortal.Core.Generators;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>Finds generators by what people call them.</summary>
public static class GeneratorSearch
{
    /// <summary>Best first; all of them in catalogue order when nothing is asked.</summary>
    public static IReadOnlyList<GeneratorDefinition> Find(IEnumerable<GeneratorDefinition> generators, string text) =>
        WordSearch.Find(generators, text, generator => new(generator.Name, generator.Synonyms, generator.Category, generator.Summary, generator.Example));
}
