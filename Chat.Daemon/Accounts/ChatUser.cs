using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>Who one is to others: an account, or a guest's session. Names are free again one day; these are not.</summary>
/// <param name="Key"><c>a</c> and the account's number, or <c>g</c> and the session's.</param>
internal readonly record struct Identity(string Key)
{
    public bool IsGuest => Key[0] == 'g';

    public static Identity OfAccount(long number) => new($"a{number}");

    public static Identity OfGuest(long session) => new($"g{session}");
}

/// <summary>A user as others see it. Its role may change while it is here; everything else stays.</summary>
internal sealed class ChatUser(Identity identity, UserName name, Role role)
{
    private static readonly string[][] RoleNames = [.. Enum.GetNames<Role>().Select(n => (string[])[n.ToLowerInvariant()])];

    private volatile Role role = role;

    public Identity Identity => identity;

    public UserName Name => name;

    public bool IsGuest => identity.IsGuest;

    public Role Role
    {
        get => role;
        set => role = value;
    }

    /// <summary>As frames carry it.</summary>
    public IReadOnlyList<string> Roles => RoleNames[(int)role];
}
