namespace TdmPortal.Core.Learning.Forms;

/// <summary>What a number's text is like.</summary>
/// <param name="Whole">Digits before the point.</param>
/// <param name="Fraction">Digits behind it.</param>
/// <param name="LeadingZero">It begins with 0 and has more digits before the point: a code rather than a figure.</param>
/// <param name="Signs">It has signs that only its form reads.</param>
internal readonly record struct NumberShape(int Whole, int Fraction, bool Exponent, bool LeadingZero, bool Signs);
