using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Protocol;
using Microsoft.Extensions.Hosting;

namespace Chat.Daemon.Capabilities;

/// <summary>Raises events for what happens outside conversations, in stages that do not know hooks.</summary>
internal sealed class EventSources(
    HandlerOffers offers, AccountStore accountStore, Bans bans, CommandRecorder recorder, IHostApplicationLifetime lifetime)
    : IStartupStep
{
    public Task RunAsync(CancellationToken cancellation)
    {
        bans.Banned += ban => offers.Offer(
            at => new UserBanned(at, ban.Name, ban.Network?.ToString(), ban.Until, ban.Reason, ban.By));
        accountStore.Created += name => _ = TellCreatedAsync(name);
        accountStore.RoleChanged += id => _ = TellRoleAsync(id);
        recorder.Ended += run => offers.Offer(
            at => new CommandRun(at, run.Call.Caller, run.Descriptor.Name, run.Call.Room, run.Outcome!.Code));
        lifetime.ApplicationStopping.Register(() => offers.Offer(at => new DaemonStopping(at)));
        return Task.CompletedTask;
    }

    private async Task TellCreatedAsync(UserName name)
    {
        if (await accountStore.FindAsync(name, CancellationToken.None) is { } account)
            offers.Offer(at => new AccountCreated(at, UserOf(account)));
    }

    private async Task TellRoleAsync(long id)
    {
        if (await accountStore.FindAsync(id, CancellationToken.None) is { } account)
            offers.Offer(at => new RoleChanged(at, UserOf(account)));
    }

    private static User UserOf(Account account) => new(Identity.OfAccount(account.Id).Key, account.Name.Text, account.Role);
}
