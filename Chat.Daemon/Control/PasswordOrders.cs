using Chat.Daemon.Accounts;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Sessions;

namespace Chat.Daemon.Control;

/// <summary>Carries out orders to replace lost passwords.</summary>
internal sealed class PasswordOrders(PasswordReset reset, FirstAdmin firstAdmin, AccountSessions accountSessions, SecurityLog security)
{
    /// <param name="user">The account of this machine that gave the order.</param>
    public async Task<ControlFrames.Answer> ResetAsync(ControlFrames.Order order, string user, CancellationToken cancellation)
    {
        var outcome = await reset.RunAsync(order.Account ?? "", order.AdminOnly, user, cancellation);
        if (outcome is not { Account: { } account, Password: { } password })
            return new ControlFrames.Answer(Problem: outcome.Problem, Admins: outcome.Admins);
        await accountSessions.EndOthersAsync(account.Id, kept: null);
        if (account.Name.Key == FirstAdmin.NameKey) firstAdmin.Forget(); // the file holds a password that is no longer valid
        security.PasswordReset(account.Name.Text, user);
        return new ControlFrames.Answer(Account: account.Name.Text, Password: password);
    }
}
