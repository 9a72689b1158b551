using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>A login. It lives as long as its token, over any number of connections, one at a time.</summary>
/// <param name="account">The account's number; null for a guest.</param>
internal sealed class Session(long id, long? account, ChatUser user, byte[] tokenHash, TimeProvider time)
{
    private volatile bool isStored = true;

    /// <summary>Negative if it began while the disk was full: no other session ever has such an id.</summary>
    public long Id => id;

    public long? Account => account;

    /// <summary>The login by cookie that it is of; null for a session with a token.</summary>
    public long? PageLogin { get; init; }

    /// <summary>A guest's identity is its session: a later guest of the same name is another user.</summary>
    public ChatUser User => user;

    public UserName Name => user.Name;

    public Identity Identity => user.Identity;

    public byte[] TokenHash => tokenHash;

    /// <summary>Appends may outlive the connection that began them. A login with the token waits for them.</summary>
    public PendingAppends Appends { get; } = new();

    public SendRate Rate { get; } = new(time);

    /// <summary>Of its frames, over all its connections.</summary>
    public Budget Budget { get; } = new(time);

    /// <summary>Held by a login with the token, so that there is one at a time.</summary>
    public SemaphoreSlim TakeOver { get; } = new(1);

    /// <summary>The language of the latest login that named one. Null means the daemon's.</summary>
    public string? Lang { get; set; }

    /// <summary>The connection it is attached to, or null. Guarded by the registry.</summary>
    public Attachment? Current { get; set; }

    /// <summary>The address of its latest connection. Null before the first, and after a restart. Guarded by the registry.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>Whether it was logged out or revoked. Guarded by the registry.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Whether the database has it. One that begins while the disk is full is stored later.</summary>
    public bool IsStored
    {
        get => isStored;
        set => isStored = value;
    }

    /// <summary>When its last connection ended. Guarded by the registry.</summary>
    public DateTimeOffset DetachedAt { get; set; }
}
