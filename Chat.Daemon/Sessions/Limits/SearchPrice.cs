using Chat.Daemon.Configuration;

namespace Chat.Daemon.Sessions.Limits;

/// <summary>
/// Charges a session, and its address, for the time that a search took. The debt delays what comes next on the connection, be it a frame
/// or a command. Safe from any thread.
/// </summary>
internal sealed class SearchPrice(OptionsSource options)
{
    public void Charge(Attachment user, TimeSpan spent)
    {
        var (price, limits) = (PriceTable.OfWork(spent), options.Current.Limits.Budgets);
        user.Session.Budget.Pay(price, limits.Session);
        user.Connection.Usage.Frames.Pay(price, limits.Address);
    }
}
