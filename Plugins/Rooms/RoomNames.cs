namespace Chat.Plugins.Rooms;

/// <summary>Suggests the existing rooms.</summary>
internal sealed class RoomNames(IRooms rooms) : ISuggestions
{
    /// <summary>The most suggestions that completion shows.</summary>
    private const int Most = 50;

    public async ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed)
    {
        var sign = typed.StartsWith('#') ? "#" : "";
        return [.. (await rooms.ListNamesAsync(typed[sign.Length..], Most, context.Aborted)).Select(name => sign + name)];
    }
}
