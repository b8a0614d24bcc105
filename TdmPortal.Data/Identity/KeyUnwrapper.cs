using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace TdmPortal.Data.Identity;

/// <summary>Undoes <see cref="KeyWrapper"/>; made by the key ring by its name, hence public and with this constructor.</summary>
public sealed class KeyUnwrapper(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(Encoding.UTF8.GetString(services.GetRequiredService<PortalDatabase>().Key.Unwrap(Convert.FromBase64String(encryptedElement.Value))));
}
