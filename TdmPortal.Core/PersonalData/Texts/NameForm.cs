namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>What a whole value is by the dictionaries of names and places.</summary>
internal enum NameForm
{
    None, First, Last, Either, Full, City,
}
