using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Lorem;

/// <summary>Text without meaning, in the words of the locale where there are any.</summary>
internal static class LoremGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Words("lorem.word", "One word.", "[lorem.words]", "text, dummy"),
        Make("lorem.words", "A few words.", Kinds.Text, [Integer("count", "How many.", 3, 1, 100)], "text, title, name", """{"count":2}""") with { Create = static c => LoremSource.Create(c, () => new((int)c.Integer("count"), (int)c.Integer("count"), IsSentence: false)) },
        Make("lorem.sentence", "A sentence.", Kinds.Text, [Integer("minWords", "At least this many words.", 4, 1, 200), Integer("maxWords", "At most this many words.", 10, 1, 200)],
            "text, note, comment, description", """{"minWords":6,"maxWords":12}""") with { Create = static c => LoremSource.Create(c, () => new((int)c.Integer("minWords"), (int)c.Integer("maxWords"))) },
        Make("lorem.sentences", "A few sentences.", Kinds.Text, [Integer("count", "How many.", 3, 1, 50)], "text, comment, description") with { Create = static c => LoremSource.Create(c, () => new(4, 10, (int)c.Integer("count"), (int)c.Integer("count"))) },
        Make("lorem.paragraph", "A paragraph of three to six sentences.", Kinds.Text, [Integer("minSentences", "At least this many sentences.", 3, 1, 50), Integer("maxSentences", "At most this many sentences.", 6, 1, 50)],
            "text, description, body, bio") with { Create = static c => LoremSource.Create(c, () => new(4, 10, (int)c.Integer("minSentences"), (int)c.Integer("maxSentences"))) },
        Make("lorem.paragraphs", "Several paragraphs with an empty line between.", Kinds.Text, [Integer("count", "How many.", 3, 1, 20)], "text, article, body") with { Create = static c => LoremSource.Create(c, () => new(4, 10, 3, 6, (int)c.Integer("count"))) },
        Make("lorem.text", "Text of about a given length.", Kinds.Text, [Integer("length", "How many characters at most.", 200, 1, 100000)], "long text, body, content") with { Create = static c => LoremSource.Create(c, () => new(4, 10, 10000, 10000, Length: (int)c.Integer("length"))) },
        Words("lorem.slug", "Words joined with hyphens.", "[lorem.words]-[lorem.words]-[lorem.words]", "permalink, url"),
        Words("lorem.letter", "One small letter.", "^", "character, char"),
    ];
}
