namespace Chat.Plugins.Rooms;

/// <summary>Proposes the rooms that there are, where a new one may be named too.</summary>
internal sealed class RoomNames(IRooms rooms) : ISuggestions
{
    /// <summary>As many as completion proposes.</summary>
    private const int Most = 50;

    public async ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed)
    {
        var sign = typed.StartsWith('#') ? "#" : "";
        return [.. (await rooms.ListNamesAsync(typed[sign.Length..], Most, context.Aborted)).Select(name => sign + name)];
    }
}
