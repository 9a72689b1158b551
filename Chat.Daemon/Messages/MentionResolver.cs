using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>
/// Finds whom a text mentions, before it is queued: on the sender's loop and with a reading connection, so that the writer and other
/// senders pay nothing. A text without <c>@</c> costs a search for that character.
/// </summary>
internal sealed class MentionResolver(RoomListStore roomListStore, WorkPrice price)
{
    /// <summary>Different names that are looked up. Far more than anybody mentions, and few enough for one query.</summary>
    private const int MostNames = 50;

    /// <summary>Whether looking for mentions takes time, in which the sender may have been muted or removed.</summary>
    public static bool LooksUp(string text) => text.Contains('@', StringComparison.Ordinal);

    /// <param name="partner">The other user of a direct conversation.</param>
    /// <returns>Null for nobody.</returns>
    public ValueTask<Mentioned?> ResolveAsync(Attachment sender, Conversation conversation, ChatUser? partner, string text) =>
        LooksUp(text) && MentionText.NamesIn(text, MostNames) is { Count: > 0 } names
            ? ResolveAsync(sender, conversation, partner, names)
            : default;

    /// <summary>The same for a text of a bot, which pays nothing.</summary>
    public ValueTask<Mentioned?> ResolveAsync(
        ChatUser bot, Conversation conversation, ChatUser? partner, string text, CancellationToken cancellation) =>
        LooksUp(text) && MentionText.NamesIn(text, MostNames) is { Count: > 0 } names
            ? FindAsync(bot, conversation, partner, names, cancellation)
            : default;

    private ValueTask<Mentioned?> ResolveAsync(
        Attachment sender, Conversation conversation, ChatUser? partner, IReadOnlyList<IReadOnlyList<UserName>> names)
    {
        price.Charge(sender, PriceTable.OfNames(names.Count));
        return FindAsync(sender.User, conversation, partner, names, sender.Connection.Ending);
    }

    private async ValueTask<Mentioned?> FindAsync(
        ChatUser sender, Conversation conversation, ChatUser? partner, IReadOnlyList<IReadOnlyList<UserName>> names,
        CancellationToken cancellation)
    {
        var known = conversation is RoomConversation room
            ? await roomListStore.NamedAsync(room.Id, names.SelectMany(all => all).Select(name => name.Key), cancellation)
            : TwoOf(sender, partner);
        var mentioned = new List<(long Account, string Name)>();
        foreach (var meant in names)
        {
            var found = meant.Select(name => known.GetValueOrDefault(name.Key)).FirstOrDefault(account => account != default);
            if (found != default && !mentioned.Contains(found)) mentioned.Add(found);
            if (mentioned.Count == ProtocolLimits.MentionsPerMessage) break;
        }
        return mentioned.Count == 0 ? null : Mentioned.Of(mentioned);
    }

    private static Dictionary<string, (long Account, string Name)> TwoOf(ChatUser one, ChatUser? other)
    {
        var known = new Dictionary<string, (long, string)>();
        foreach (var user in new[] { one, other ?? one })
            if (user.Identity.Account is { } account) known[user.Name.Key] = (account, user.Name.Text);
        return known;
    }
}
