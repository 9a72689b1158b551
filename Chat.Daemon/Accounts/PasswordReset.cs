using Chat.Daemon.Configuration;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Gives an account a new random password and revokes its tokens, for whoever runs the daemon. The password is in no log and no audit: only
/// the caller gets it.
/// </summary>
internal sealed class PasswordReset(AccountStore accountStore, OperatorAudit audit, PasswordHasher hasher, OptionsSource options)
{
    public const string NoSuchAccount = "no_such_account", NotAnAdmin = "not_an_admin", OfPlugin = "plugin_account", Busy = "busy";

    /// <summary>Admins named when the account is none.</summary>
    private const int MaxAdmins = 10;

    /// <param name="name">As given.</param>
    /// <param name="adminOnly">Refuse unless the account is an admin's.</param>
    /// <param name="user">The account of this machine that ordered it.</param>
    public async Task<Outcome> RunAsync(string name, bool adminOnly, string user, CancellationToken cancellation)
    {
        var account = UserName.TryParse(name, out var parsed) ? await accountStore.FindAsync(parsed, cancellation) : null;
        if (account?.Plugin is not null) return new Outcome(account, null, OfPlugin);
        if (adminOnly && account?.Role != Role.Admin)
            return new Outcome(account, null, NotAnAdmin) { Admins = await accountStore.AdminsAsync(MaxAdmins, cancellation) };
        if (account is null) return new Outcome(null, null, NoSuchAccount);
        var password = FirstAdminPassword.Create(options.Current.PasswordMinimum);
        if (await hasher.HashAsync(password, cancellation) is not { } hash) return new Outcome(account, null, Busy);
        await accountStore.ResetPasswordAsync(account.Id, hash);
        await audit.RecordAsync(adminOnly ? "admin reset" : "account password", user, account.Name.Text);
        return new Outcome(account, password, null);
    }

    /// <param name="Password">Null if there was a problem.</param>
    internal sealed record Outcome(Account? Account, string? Password, string? Problem)
    {
        public IReadOnlyList<string> Admins { get; init; } = [];
    }
}
