using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace TdmPortal.Data.Identity;

/// <summary>Keeps the data-protection key ring in the database, so that all nodes and every restart share it.</summary>
internal sealed class KeyRing(PortalDatabase database, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.OpenSystemConnection();
        using var command = new NpgsqlCommand("select xml from portal.data_protection_key order by id", connection);
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.OpenSystemConnection();
        using var command = new NpgsqlCommand("insert into portal.data_protection_key (friendly_name, xml, created_at) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = friendlyName }, new() { Value = element.ToString(SaveOptions.DisableFormatting) }, new() { Value = time.GetUtcNow() } },
        };
        command.ExecuteNonQuery();
    }
}
