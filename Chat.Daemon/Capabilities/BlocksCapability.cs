using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IBlocks"/>
internal sealed class BlocksCapability(Attachment caller, Blocks blocks) : IBlocks
{
    public async Task BlockAsync(User user, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var account = Account;
        if (user.Id == caller.User.Identity.Key || !UserName.TryParse(user.Name, out var name))
            throw new RefusalException(RefusalCode.BadArguments, caller.Texts.NotYourself());
        if (!await blocks.AddAsync(account, new Identity(user.Id), name).OrRefusedAsync(caller.Texts))
            throw new RefusalException("quota_exceeded", caller.Texts.TooManyBlocked(Blocks.MaxPerAccount));
    }

    public async Task<bool> UnblockAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return UserName.TryParse(name, out var parsed) && await blocks.RemoveAsync(Account, parsed).OrRefusedAsync(caller.Texts);
    }

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => blocks.ListAsync(Account, cancellation);

    private long Account =>
        caller.Session.Account ?? throw new RefusalException(RefusalCode.Forbidden, caller.Texts.Of(RefusalCode.Forbidden));
}
