using System.Net;
using System.Net.Sockets;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Prefix-preserving: addresses that share their first n bits share them afterwards too (Xu, Fan, Ammar and Moon, "Prefix-preserving IP
/// address anonymization", the scheme of Crypto-PAn). Each bit is turned or not by a keyed bit of those before it; the last one always
/// turns, so that no address becomes itself.
/// </summary>
internal sealed class IpMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    private readonly MaskingKey key = context.Key;
    private readonly ValueKey values = context.Values;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("ip", "Other IP address", MaskerForm.KeepForm, "IPv4 and IPv6: addresses of one network stay in one network, and each becomes a different one.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "192.0.2.17", static context => new IpMasker(context), synonyms: "network address, Crypto-PAn, host, prefix");

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        // Texts of addresses and of networks: the number of bits behind a slash stays.
        var slash = value.IndexOf((byte)'/');
        var text = (slash < 0 ? value : value[..slash]).Trim((byte)' ');
        if (Four(text) is { } four)
        {
            WriteFour(Turn(four, 32, 4), to);
        }
        else if (text.Length is >= 2 and <= 45 && text.Contains((byte)':') && IPAddress.TryParse(System.Text.Encoding.ASCII.GetString(text), out var six) && six.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Span<byte> bytes = stackalloc byte[16];
            six.TryWriteBytes(bytes, out _);
            var turned = Turn(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes), 128, 6);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, turned);
            to.Append(System.Text.Encoding.ASCII.GetBytes(new IPAddress(bytes).ToString()));
        }
        else
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        if (slash >= 0)
            to.Append(value[slash..]);
    }

    private UInt128 Turn(UInt128 address, int bits, int version)
    {
        var turned = address ^ 1;
        for (var bit = 0; bit < bits - 1; bit++)
        {
            // The bits before this one, how many they are and which version: one block.
            var before = bit == 0 ? 0 : address >> (bits - bit);
            var flip = key.Number(before | (UInt128.One << bit)) >> version;
            turned ^= (flip & 1) << (bits - 1 - bit);
        }

        return turned;
    }

    private static UInt128? Four(ReadOnlySpan<byte> text)
    {
        uint address = 0;
        var part = -1;
        var parts = 1;
        foreach (var c in text)
        {
            if (c == '.')
            {
                if (part < 0 || ++parts > 4)
                    return null;
                address = (address << 8) | (uint)part;
                part = -1;
            }
            else if (!char.IsAsciiDigit((char)c) || (part = (Math.Max(part, 0) * 10) + (c - '0')) > 255)
            {
                return null;
            }
        }

        return parts == 4 && part >= 0 ? (address << 8) | (uint)part : null;
    }

    private static void WriteFour(UInt128 address, TextColumn to)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            var room = to.Reserve(4);
            var size = Generators.Phrases.Utf8.Write((ulong)(address >> shift) & 255, room);
            if (shift > 0)
                room[size++] = (byte)'.';
            to.Advance(size);
        }
    }
}
