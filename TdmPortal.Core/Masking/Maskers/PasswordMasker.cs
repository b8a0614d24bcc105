using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Passwords, their hashes, keys and secrets: nothing is left but what kind of hash it was.</summary>
internal sealed class PasswordMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    private readonly ValueKey values = new(context.Key.Derive("secret"), CanonicalForm.Exact);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("password", "Reset secret", MaskerForm.Remove, "A secret or its hash becomes random characters of the same form that open nothing; which method made a hash stays readable.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.KeepsForm, "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW", static context => new PasswordMasker(context),
        synonyms: "secret, token, api key, hash, bcrypt, credential");

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        // $2b$12$..., $argon2id$v=19$m=65536,t=3,p=4$...: all up to salt and hash says how, not what.
        var kept = value.StartsWith("$"u8) ? Method(value) : 0;
        kept = kept == value.Length ? 0 : kept;
        to.Append(value[..kept]);
        Scrambling.Write(values.Draw(value), value[kept..], to);
    }

    private static int Method(ReadOnlySpan<byte> hash)
    {
        var parts = hash.StartsWith("$argon2"u8) ? 4 : 3;
        for (var at = 0; at < hash.Length; at++)
        {
            if (hash[at] == '$' && --parts == 0)
                return at + 1;
        }

        return 0;
    }
}
