using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Sessions.Removal;

/// <summary>Erases an account from what is held in memory beside the database.</summary>
internal sealed class ErasedMemory(IMessageLog log, Bans bans, Silences silences, ConversationRegistry conversationRegistry)
{
    public void Erase(AccountKey account, bool texts) =>
        log.EraseAuthor(account.Identity, ErasedName.Of(account.Number), texts);

    /// <summary>Call when the rows have been erased.</summary>
    public async Task UpdateAsync(Erasure erasure, CancellationToken cancellation)
    {
        await bans.ReloadAsync(cancellation);
        await silences.Mutes.ReloadAsync(cancellation);
        await silences.Blocks.ReloadAsync(cancellation);
        conversationRegistry.Rename(new Identity(erasure.Account.Identity), erasure.Placeholder);
    }
}
