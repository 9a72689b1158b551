using Chat.Daemon.Accounts;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Sessions.Removal;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Control;

/// <summary>Carries out orders to export or to erase accounts.</summary>
internal sealed class AccountOrders(
    DatabaseReaders readers, AccountExport export, AccountRemoval removal, OperatorAudit audit, SecurityLog security)
{
    public const string LastAdmin = "last_admin";

    /// <param name="user">The account of this machine that gave the order.</param>
    public async Task ExportAsync(ControlFrames.Order order, string user, Stream stream, CancellationToken cancellation)
    {
        if (await AccountKey.FindAsync(readers, order.Account ?? "", cancellation) is not { } account)
        {
            await ControlFrames.WriteAsync(stream, new ControlFrames.Answer(Problem: PasswordReset.NoSuchAccount), cancellation);
            return;
        }
        await audit.RecordAsync("account export", user, account.Name);
        security.AccountExported(account.Name, user);
        await ControlFrames.WriteAsync(stream, new ControlFrames.Answer(Account: account.Name), cancellation);
        await export.WriteAsync(account, lines => ControlFrames.WritePieceAsync(stream, lines, cancellation), cancellation);
    }

    /// <summary>The audit and the log name only the placeholder.</summary>
    /// <param name="user">The account of this machine that gave the order.</param>
    public async Task<ControlFrames.Answer> EraseAsync(ControlFrames.Order order, string user, CancellationToken cancellation)
    {
        if (await AccountKey.FindAsync(readers, order.Account ?? "", cancellation) is not { } account)
            return new ControlFrames.Answer(Problem: PasswordReset.NoSuchAccount);
        if (!await removal.RemoveAsync(account, order.Texts)) return new ControlFrames.Answer(Problem: LastAdmin);
        var placeholder = ErasedName.Of(account.Number);
        await audit.RecordAsync("account erase", user, placeholder);
        security.AccountRemoved(placeholder, user);
        return new ControlFrames.Answer(Account: account.Name, Placeholder: placeholder);
    }
}
