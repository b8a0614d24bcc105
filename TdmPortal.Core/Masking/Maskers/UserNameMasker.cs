using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>User names of people who do not exist.</summary>
internal sealed class UserNameMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    private readonly ValueKey values = context.Values;
    private readonly AccountText account = new(context.Locale);
    private readonly MaskingKey? ofCase = context.CaseMatters ? context.Key.Derive("case") : null;
    private readonly int most = Math.Min(context.Column.MaxLength ?? 64, 64);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("user_name", "Fake user name", MaskerForm.Replace, "A user name made of a fake person's name and characters that keep it unique.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne, "amiller", Create, synonyms: "login, account, handle, nickname");

    private static UserNameMasker? Create(MaskerContext context)
    {
        if (!(context.Column.MaxLength < AccountText.Least))
            return new UserNameMasker(context);
        context.Report("masking.too_short", $"{context.Column.Name} has room for {context.Column.MaxLength} characters, and a fake user name takes {AccountText.Least}.", "Choose fpe, which keeps the length");
        return null;
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var draw = values.Draw(value);
        account.Write(ref draw, to, most);
        if (ofCase is not null)
            CarriedCase.Write(ofCase, value, to.Current);
    }
}
