using TdmPortal.Core.Masking;

namespace TdmPortal.Core.PersonalData;

/// <summary>A kind of personal data.</summary>
/// <param name="Name">As a schema document, a policy and a report have it: <c>email</c>, <c>first_name</c>, <c>national_id</c>.</param>
/// <param name="Title">For people: "E-mail address".</param>
/// <param name="Category">Its group.</param>
/// <param name="Gdpr">What the GDPR calls it, with the article.</param>
/// <param name="Ccpa">The category of the CCPA, Cal. Civ. Code 1798.140(v).</param>
public sealed record PersonalKind(string Name, string Title, PersonalCategory Category, string Gdpr, string Ccpa)
{
    /// <summary>Whether it is enough by itself to tell who somebody is; such columns are compared as a whole with the originals after masking.</summary>
    public bool Identifies { get; init; }
    /// <summary>In what sense two values are the same.</summary>
    public CanonicalForm Form { get; init; } = CanonicalForm.Text;
}
