using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>Keys, choices, texts with a given form, and what is computed from other fields.</summary>
internal static class BasicGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Make("sequence", "Counts up by a fixed step: the usual primary key. Inside a parent it starts again for each one.", Kinds.Whole,
            [
                Integer("start", "The first number.", 1),
                Integer("step", "The distance to the next one; negative counts down.", 1),
                new("within", ArgumentKind.Relationship, "Counts inside each parent of this relationship."),
            ], "id, identity, serial, auto increment, primary key, counter") with { Create = SequenceSource.Create },
        Make("uuid", "A random identifier (UUID version 4).", Kinds.Id, [], "GUID, identifier, key") with { Create = static c => UuidSource.Create(c, byTime: false) },
        Make("uuid.v7", "An identifier that sorts by time (UUID version 7).", Kinds.Id, [], "GUID, time-ordered, ULID") with { Create = static c => UuidSource.Create(c, byTime: true) },
        Make("boolean", "True or false.", [Schemas.FieldType.Boolean, Schemas.FieldType.Integer],
            [Number("truePercent", "How many of 100 are true.", 50, 0, 100)], "bool, flag, bit, yes or no") with { Create = BooleanSource.Create },
        Make("choice", "One of the values you list, each as often as its weight says; the weights may depend on another field.", Kinds.Any,
            [
                new("values", ArgumentKind.Choices, "A list of values, or values with weights."),
                new("by", ArgumentKind.Field, "A field whose value decides which list applies."),
                new("cases", ArgumentKind.Cases, "The list for each value of that field."),
                new("else", ArgumentKind.Choices, "The list for all other values."),
            ], "enum, pick, list, weighted, one of", """{"values":{"bronze":70,"silver":20,"gold":10}}""") with { Create = ChoiceSource.Create },
        Make("constant", "The same value in every row.", Kinds.Any,
            [new("value", ArgumentKind.Value, "The value.") { Required = true }], "fixed, static, literal", """{"value":"fixed"}""") with { Create = ChoiceSource.Constant },
        Make("pattern", "Text that matches a regular expression; * and + repeat at most 16 times.", Kinds.Digits,
            [new("regex", ArgumentKind.Regex, "Literals, classes, groups, alternation and quantifiers, such as [A-Z]{3}-[0-9]{4}.") { Required = true }],
            "regex, regular expression, mask, format, code", """{"regex":"[A-Z]{3}-[0-9]{4}"}""") with { Create = Patterns.PatternSource.Create },
        Make("template", "Text put together from other fields and digits: {first_name}.{###}.", [Schemas.FieldType.String, Schemas.FieldType.Json],
            [new("value", ArgumentKind.Template, "Fields in braces, # for a digit in braces; {{ and }} are braces.") { Required = true }],
            "format, interpolate, concatenate, mask", """{"value":"INV-{######}"}""") with { Create = TemplateSource.Create },
        Make("states", "A state that fits the dates of the row, from a map of what may follow what.", Kinds.Text,
            [
                new("initial", ArgumentKind.Text, "The state that a row begins in.") { Required = true },
                new("transitions", ArgumentKind.Cases, "For each state what may follow: a list, or states with weights.") { Required = true },
                new("dates", ArgumentKind.Map, "For a state, the field that holds when it was reached: states whose date is null were not reached."),
            ], "workflow, status, lifecycle, state machine",
            """{"initial":"new","transitions":{"new":["paid","cancelled"],"paid":["shipped"],"shipped":["delivered"]}}""") with { Create = StatesSource.Create },
        Make("expression", "Computed from other fields of the row, its parent or its children.", Kinds.Any,
            [new("value", ArgumentKind.Expression, "Such as quantity * unit_price, or sum(line_order, amount).") { Required = true }],
            "formula, computed, calculated, derived, total, sum", """{"value":"6 * 7"}"""),
        Make("bogus", "Any data set of Bogus by its name. The slow one: choose a generator of the catalogue where there is one.", Kinds.Any,
            [
                Text("dataSet", "Set and method, such as music.genre or rant.review.", required: true),
                new("arguments", ArgumentKind.Map, "Arguments of the method by name."),
            ], "faker, catch-all, anything else", """{"dataSet":"music.genre"}""") with { Create = BogusSource.Create },
    ];
}
