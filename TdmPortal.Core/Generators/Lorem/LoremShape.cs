namespace TdmPortal.Core.Generators.Lorem;

/// <summary>How many words, sentences and paragraphs a text has.</summary>
/// <param name="IsSentence">Whether it begins with a capital and ends with a full stop.</param>
/// <param name="Length">Code points at most.</param>
internal sealed record LoremShape(int MinWords, int MaxWords, int MinSentences = 1, int MaxSentences = 1, int Paragraphs = 1, bool IsSentence = true, int Length = int.MaxValue);
