using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>A user who is logged in, as others see it. Only the role can change.</summary>
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

    /// <summary>The role as in frames.</summary>
    public IReadOnlyList<string> Roles => RoleNames[(int)role];
}
