using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Who can be written to.</summary>
internal sealed class Recipients(UserDirectory userDirectory, OnlineUsers onlineUsers)
{
    /// <returns>Null if nobody has the name, or only a guest who is offline.</returns>
    public async ValueTask<ChatUser?> FindAsync(UserName name, CancellationToken cancellation) =>
        await userDirectory.FindAsync(name, cancellation) is { } user && onlineUsers.CanReceive(user) ? user : null;
}
