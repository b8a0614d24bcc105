using System.Net;
using System.Net.Sockets;

namespace TdmPortal.Web.Notifications;

/// <summary>
/// Tells addresses of the open internet from all others: those of the machine, of private networks, of a cloud's own
/// services, and those that only stand for one of them (IPv4 within IPv6).
/// </summary>
/// <remarks>After the registries of special-purpose addresses of IANA (RFC 6890 and its updates).</remarks>
public static class PublicAddress
{
    private static readonly IPNetwork[] Closed4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>The part of IPv6 that is given out at all.</summary>
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Closed6 = [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20", "2620:4f:8000::/48" }.Select(IPNetwork.Parse)];

    /// <summary>6to4 and NAT64 carry an IPv4 address, after 2 and 12 bytes.</summary>
    private static readonly (IPNetwork Network, int At)[] Carriers = [(IPNetwork.Parse("2002::/16"), 2), (IPNetwork.Parse("64:ff9b::/96"), 12)];

    /// <summary>Whether the address is one of the open internet.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !Closed4.Any(network => network.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        foreach (var (network, at) in Carriers)
        {
            if (network.Contains(address))
                return Is(new IPAddress(address.GetAddressBytes().AsSpan(at, 4)));
        }

        return Global6.Contains(address) && !Closed6.Any(network => network.Contains(address));
    }
}
