using System.Globalization;

namespace TdmPortal.Core.Generators;

/// <summary>Short forms for argument definitions, and those that several generators share.</summary>
internal static class Arguments
{
    /// <summary>Names another person or place of the same row.</summary>
    public static readonly ArgumentDefinition Of = new("of", ArgumentKind.Text, "Names another person or place of the same row, such as \"recipient\"; fields with the same name agree with each other.");

    public static readonly ArgumentDefinition OfCountry = new("country", ArgumentKind.Text, "Two-letter code of a country, instead of the one that the schema's locale belongs to.");

    public static ArgumentDefinition Integer(string name, string summary, long? value = null, double? min = null, double? max = null, bool required = false) =>
        new(name, ArgumentKind.Integer, summary) { Default = value?.ToString(CultureInfo.InvariantCulture), Min = min, Max = max, Required = required };

    public static ArgumentDefinition Number(string name, string summary, double? value = null, double? min = null, double? max = null, bool required = false) =>
        new(name, ArgumentKind.Number, summary) { Default = value?.ToString(CultureInfo.InvariantCulture), Min = min, Max = max, Required = required };

    public static ArgumentDefinition Date(string name, string summary, string? value = null, bool required = false) =>
        new(name, ArgumentKind.Date, summary) { Default = value is null ? null : $"\"{value}\"", Required = required };

    public static ArgumentDefinition Duration(string name, string summary, string? value = null, bool required = false) =>
        new(name, ArgumentKind.Duration, summary) { Default = value is null ? null : $"\"{value}\"", Required = required };

    public static ArgumentDefinition Text(string name, string summary, string? value = null, bool required = false) =>
        new(name, ArgumentKind.Text, summary) { Default = value is null ? null : $"\"{value}\"", Required = required };

    public static ArgumentDefinition Flag(string name, string summary, bool value) =>
        new(name, ArgumentKind.Boolean, summary) { Default = value ? "true" : "false" };

    public static ArgumentDefinition Option(string name, string summary, string value, params string[] options) =>
        new(name, ArgumentKind.Option, summary) { Default = $"\"{value}\"", Options = options };
}
