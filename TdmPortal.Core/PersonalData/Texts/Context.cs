namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>What words near a piece of a text speak of.</summary>
internal enum Context
{
    Birth, Phone, Card, Account, Id, Tax, Passport, Licence, Name, Password, Place, Geo, Online, Version, Customer, Vehicle,
}
