using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace TdmPortal.Data.Identity;

/// <summary>Wraps each key of the ring by the portal's key before it goes into the database.</summary>
internal sealed class KeyWrapper(PortalDatabase database) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("wrapped", Convert.ToBase64String(database.Key.Wrap(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))),
        typeof(KeyUnwrapper));
}
