using Chat.Daemon.Delivery;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Finds users by their names.</summary>
internal sealed class People(SessionRegistry registry)
{
    /// <summary>The account of that name, or the guest who bears it now; null where there is neither.</summary>
    public ValueTask<Person?> FindAsync(UserName name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(registry.BearerOf(name) is { } session
            ? new Person(session.Identity, session.User, ["guest"])
            : null);
    }
}
