namespace Chat.Plugins.Moderation;

/// <summary>Suggests the users that the caller has blocked.</summary>
internal sealed class BlockedUsers(IBlocks blocks) : ISuggestions
{
    public ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed) => blocks.ListAsync(context.Aborted);
}
