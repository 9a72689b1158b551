using Chat.Daemon.Configuration;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Sessions.Limits;

/// <summary>
/// Charges one connection for its frames, and slows it down while its session or its address is in debt. For its loop alone, except for
/// the budgets, which others share.
/// </summary>
internal sealed class FramePace(Connection connection, OptionsSource options, TimeProvider time)
{
    /// <summary>The connection's own before the login, then its session's.</summary>
    private Budget budget = new(time);
    private int spent;
    private long paidAt;
    private TimeSpan debt;

    /// <summary>From the login on the session pays, also what the connection has spent so far: reconnecting brings nothing.</summary>
    public void Continue(Budget ofSession)
    {
        budget = ofSession;
        Owe(budget.Pay(spent, options.Current.Limits.Budgets.Session));
    }

    public void Pay(int price)
    {
        var limits = options.Current.Limits.Budgets;
        if (limits.Session is null) return;
        spent += price;
        var (own, shared) = (budget.Pay(price, limits.Session), connection.Usage.Frames.Pay(price, limits.Address));
        Owe(own > shared ? own : shared);
    }

    /// <summary>Waits until what was bought so far is paid.</summary>
    public ValueTask WaitAsync()
    {
        if (debt == TimeSpan.Zero) return default;
        var left = debt - time.GetElapsedTime(paidAt);
        debt = TimeSpan.Zero;
        return left > TimeSpan.Zero ? new(Task.Delay(left, time, connection.Ending)) : default;
    }

    private void Owe(TimeSpan wait)
    {
        if (wait == TimeSpan.Zero) return;
        (debt, paidAt) = (wait, time.GetTimestamp());
    }
}
