namespace TdmPortal.Core.Generators.Patterns;

/// <summary>A part of a regular expression.</summary>
internal abstract record PatternNode
{
    /// <summary>One character out of ranges of code points, in order and without overlap.</summary>
    internal sealed record Class((int Low, int High)[] Ranges) : PatternNode
    {
        /// <summary>How many characters it holds.</summary>
        public int Size { get; } = Ranges.Sum(range => range.High - range.Low + 1);
    }

    /// <summary>One part after another.</summary>
    internal sealed record Concatenation(PatternNode[] Parts) : PatternNode;

    /// <summary>One of several.</summary>
    internal sealed record Alternation(PatternNode[] Branches) : PatternNode;

    /// <summary>A part so many times.</summary>
    internal sealed record Repetition(PatternNode Part, int Min, int Max) : PatternNode;
}
