namespace TdmPortal.Core.PersonalData;

/// <summary>Groups of personal data as reports speak of them.</summary>
public enum PersonalCategory
{
    /// <summary>Names, user names.</summary>
    Identity,
    /// <summary>E-mail, phone, postal address.</summary>
    Contact,
    /// <summary>National ids, passports, tax and social security numbers.</summary>
    GovernmentId,
    /// <summary>Cards, accounts, IBANs, salaries.</summary>
    Financial,
    /// <summary>IP and MAC addresses, device ids, cookies.</summary>
    OnlineId,
    /// <summary>Coordinates and whereabouts.</summary>
    Location,
    /// <summary>Birth date, age, gender, marital state, nationality.</summary>
    Demographic,
    /// <summary>Health, religion, ethnicity, politics, union, sex life, biometrics (GDPR article 9).</summary>
    Special,
    /// <summary>Passwords, secrets, security questions.</summary>
    Credential,
    /// <summary>Free text and documents in which any of these may be.</summary>
    FreeText,
}
