namespace Chat.Plugins.Rooms;

/// <summary>Proposes the rooms that there are, where a new one may be named too.</summary>
internal sealed class RoomNames(IRooms rooms) : ISuggestions
{
    public async ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed)
    {
        var sign = typed.StartsWith('#') ? "#" : "";
        return [.. (await rooms.ListAsync(context.Aborted)).Select(r => sign + r.Room.Name)];
    }
}
