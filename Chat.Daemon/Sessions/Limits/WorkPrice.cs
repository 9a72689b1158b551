using Chat.Daemon.Configuration;

namespace Chat.Daemon.Sessions.Limits;

/// <summary>
/// Charges a session, and its address, for work that the price of its frame does not show. The debt delays what comes next on the
/// connection, be it a frame or a command. Safe from any thread.
/// </summary>
internal sealed class WorkPrice(OptionsSource options)
{
    /// <param name="spent">What a search took.</param>
    public void Charge(Attachment user, TimeSpan spent) => Charge(user, PriceTable.OfWork(spent));

    /// <param name="price">From <see cref="PriceTable"/>.</param>
    public void Charge(Attachment user, int price)
    {
        var limits = options.Current.Limits.Budgets;
        user.Session.Budget.Pay(price, limits.Session);
        user.Connection.Usage.Frames.Pay(price, limits.Address);
    }
}
