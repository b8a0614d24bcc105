namespace TdmPortal.Web.Controls;

/// <summary>What people may call a thing of a catalogue, the strongest first.</summary>
public readonly record struct SearchWords(string Name, IReadOnlyList<string> Synonyms, string Category, string Summary, string Example);
