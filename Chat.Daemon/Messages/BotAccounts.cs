using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>The accounts that belong to plugins. Safe from any thread.</summary>
internal sealed class BotAccounts(AccountStore accountStore, SessionRegistry sessionRegistry, Bans bans) : IDisposable
{
    private readonly SemaphoreSlim creating = new(1); // two calls for the same new name must not refuse each other

    /// <summary>The account of that name, if it belongs to the plugin, or a new one that no password opens.</summary>
    /// <returns>The account; or why there is none.</returns>
    public async Task<(Account? Account, string? Refusal)> EnsureAsync(UserName name, string plugin, CancellationToken cancellation)
    {
        if (await accountStore.FindBotAsync(name, plugin, cancellation) is { } known) return (known, null);
        if (NewName.RefusalOf(name) is { } code) return (null, code);
        await creating.WaitAsync(cancellation);
        try
        {
            return await CreateAsync(name, plugin, cancellation) is { } created ? (created, null) : (null, RefusalCode.NameTaken);
        }
        finally
        {
            creating.Release();
        }
    }

    /// <summary>Reads the account again: it may have another role, or be erased or banned.</summary>
    public async ValueTask<(ChatUser? User, Refusal? Refusal)> FindAsync(Bot bot, CancellationToken cancellation)
    {
        if (await accountStore.FindAsync(bot.Account, cancellation) is not { } account) return (null, new(RefusalCode.NoSuchUser));
        var user = new ChatUser(Identity.OfAccount(account.Id), account.Name, account.Role);
        // It writes from this machine; a ban of a network is not meant for it.
        return bans.BanOf(user.Identity.Key, user.Role, IPAddress.None) is { } ban ? (null, Refusal.Banned(ban)) : (user, null);
    }

    public void Dispose() => creating.Dispose();

    /// <returns>Null if the name is taken.</returns>
    private async Task<Account?> CreateAsync(UserName name, string plugin, CancellationToken cancellation)
    {
        var claim = new object();
        if (sessionRegistry.TryClaim(name, claim))
        {
            try
            {
                await accountStore.CreateBotAsync(name, plugin, PasswordHasher.HashOfNoPassword());
            }
            finally
            {
                sessionRegistry.Unclaim(name, claim);
            }
        }
        return await accountStore.FindBotAsync(name, plugin, cancellation);
    }
}
