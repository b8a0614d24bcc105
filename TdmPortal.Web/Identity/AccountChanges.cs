namespace TdmPortal.Web.Identity;

/// <summary>Tells the open pages of this node that an account's rights changed.</summary>
public sealed class AccountChanges
{
    public event Action<Guid>? Changed;

    public void Raise(Guid userId) => Changed?.Invoke(userId);
}
