using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>One recipient's dialogue, from its login by name on. It lives as long as its token, over any number of connections, one at a time.</summary>
/// <param name="account">The account's number; null for a guest.</param>
internal sealed class Session(long id, long? account, ChatUser user, byte[] tokenHash, SendRate rate)
{
    public long Id => id;

    public long? Account => account;

    /// <summary>A guest is known by its session: a later one of that name is somebody else.</summary>
    public ChatUser User => user;

    public UserName Name => user.Name;

    public Identity Identity => user.Identity;

    public byte[] TokenHash => tokenHash;

    /// <summary>Appends outlive the connection that began them: a login with the token waits for them.</summary>
    public PendingAppends Appends { get; } = new();

    public SendRate Rate => rate;

    /// <summary>Held while a login with the token is under way: one at a time.</summary>
    public SemaphoreSlim TakeOver { get; } = new(1);

    /// <summary>The language it was begun in, or last asked for; null is the daemon's.</summary>
    public string? Lang { get; set; }

    /// <summary>The connection it is attached to. Guarded by the registry.</summary>
    public Attachment? Current { get; set; }

    /// <summary>Whether it was logged out or revoked: its token is good no more. Guarded by the registry.</summary>
    public bool IsEnded { get; set; }

    /// <summary>When its last connection went, while <see cref="Current"/> is null. Guarded by the registry.</summary>
    public DateTimeOffset DetachedAt { get; set; }
}
