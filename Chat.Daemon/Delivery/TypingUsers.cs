using Chat.Daemon.Accounts;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>
/// Who is typing in a conversation. Exists only while somebody is, and for an interval after the last list. Guarded by the fan-out's lock.
/// </summary>
/// <param name="look">Called under no lock, an interval after each <see cref="LookLater"/>.</param>
internal sealed class TypingUsers(TimeProvider time, Action look)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(ProtocolLimits.TypingSeconds);

    /// <summary>No two lists of a conversation are told within a second. A timer may be early by a thousandth.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1_010);

    private readonly List<(ChatUser User, long Since)> typing = new(1);
    private ITimer? timer;

    /// <summary>
    /// Whether somebody began, went on or stopped since the last list. Those who go on are told again, so that a list that was dropped,
    /// or came before a member did, is made up for.
    /// </summary>
    private bool isNews;

    public bool IsEmpty => typing.Count == 0;

    public void Add(ChatUser user)
    {
        var (at, entry) = (IndexOf(user.Identity), (user, time.GetTimestamp()));
        if (at < 0) typing.Add(entry);
        else typing[at] = entry;
        isNews = true;
    }

    /// <summary>The user has sent a message.</summary>
    public void Remove(Identity identity)
    {
        if (IndexOf(identity) is not (>= 0 and var at)) return;
        typing.RemoveAt(at);
        isNews = true;
    }

    /// <returns>The list to tell; null if what was told last still holds.</returns>
    public IReadOnlyList<string>? Take(Func<ChatUser, bool> isShown)
    {
        if (typing.RemoveAll(entry => time.GetElapsedTime(entry.Since) >= Lifetime || !isShown(entry.User)) > 0) isNews = true;
        if (!isNews) return null;
        isNews = false;
        return [.. typing.Select(entry => entry.User.Name.Text)];
    }

    public void LookLater()
    {
        if (timer is not null)
        {
            timer.Change(Interval, Timeout.InfiniteTimeSpan);
            return;
        }
        // The timer must not keep what flows with the caller.
        using var clean = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        timer = time.CreateTimer(static state => ((Action)state!)(), look, Interval, Timeout.InfiniteTimeSpan);
    }

    public void Stop() => timer?.Dispose();

    private int IndexOf(Identity identity)
    {
        for (var i = 0; i < typing.Count; i++)
            if (typing[i].User.Identity == identity) return i;
        return -1;
    }
}
