using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Cli;

/// <summary>tdm generators: the catalogue.</summary>
internal static class GeneratorsCommand
{
    public static Command Create(TextWriter output)
    {
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("generators", "Lists the generators with their arguments and an example each.") { format };
        command.SetAction(parsed =>
        {
            if (parsed.GetRequiredValue(format) == "json")
                WriteJson(output);
            else
                WriteText(output);
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteText(TextWriter output)
    {
        foreach (var category in GeneratorCatalogue.All.GroupBy(generator => generator.Category))
        {
            output.WriteLine(category.Key);
            foreach (var generator in category)
            {
                output.WriteLine($"  {generator.Name,-28} {generator.Summary}{(generator.Example.Length == 0 ? "" : $"  e.g. {generator.Example}")}");
                foreach (var argument in generator.Arguments)
                    output.WriteLine($"      {argument.Name}{(argument.Required ? " (required)" : argument.Default is null ? "" : $" = {argument.Default}")}: {argument.Summary}");
            }
        }
    }

    private static void WriteJson(TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var generator in GeneratorCatalogue.All)
                Write(json, generator);
            json.WriteEndArray();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, GeneratorDefinition generator)
    {
        json.WriteStartObject();
        json.WriteString("name", generator.Name);
        json.WriteString("category", generator.Category);
        json.WriteString("summary", generator.Summary);
        json.WriteStartArray("args");
        foreach (var argument in generator.Arguments)
        {
            json.WriteStartObject();
            json.WriteString("name", argument.Name);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(argument.Kind.ToString()));
            json.WriteString("summary", argument.Summary);
            json.WriteBoolean("required", argument.Required);
            if (argument.Default is { } value)
            {
                json.WritePropertyName("default");
                json.WriteRawValue(value);
            }

            if (argument.Min is { } min)
                json.WriteNumber("min", min);
            if (argument.Max is { } max)
                json.WriteNumber("max", max);
            if (argument.Options.Count > 0)
                WriteTexts(json, "options", argument.Options);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTexts(json, "types", generator.Types.Select(FieldTypeNames.Of));
        WriteTexts(json, "synonyms", generator.Synonyms);
        if (generator.Capacity is { } capacity)
            json.WriteNumber("capacity", capacity);
        json.WriteString("example", generator.Example);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
