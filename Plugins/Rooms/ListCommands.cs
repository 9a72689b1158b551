using System.Globalization;
using System.Text.Json.Nodes;

namespace Chat.Plugins.Rooms;

/// <summary>Lists the rooms, and the users in a room.</summary>
internal sealed class ListCommands(IRooms rooms)
{
    /// <summary>Mostra quem está nesta sala ou em outra.<para xml:lang="en">Shows who is in this room or another one.</para></summary>
    [Command("quem"), Alias("who", "en")]
    [Example("/quem"), Example("/quem jogos"), Example("/who games")]
    public async Task<CommandResult> MembersAsync(CommandContext context, [Alias("room", "en")] Room? sala = null)
    {
        if ((sala ?? context.Room) is not { } room) return Texts.NotInRoom(context);
        var members = await rooms.ListMembersAsync(room, context.Aborted);
        var shown = Listing.Of(
            members, m => m.ToString(), m => new JsonObject { ["user"] = m.Name, ["role"] = m.Role.ToString().ToLowerInvariant() });
        return CommandResult.ToCaller(
            Texts.Members(context, room, members.Count, shown.WithRest(context, members.Count)), shown.Data);
    }

    /// <summary>
    /// Mostra as salas, ou as que têm um texto no nome.
    /// <para xml:lang="en">Shows the rooms, or those with a text in their name.</para>
    /// </summary>
    [Command("salas"), Alias("rooms", "en")]
    [Example("/salas"), Example("/salas jog"), Example("/rooms gam")]
    public async Task<CommandResult> RoomsAsync(CommandContext context, [Length(64), Alias("text", "en")] string texto = "")
    {
        var part = texto.TrimStart('#');
        var all = (await rooms.ListAsync(context.Aborted))
            .Where(r => CultureInfo.InvariantCulture.CompareInfo.IndexOf(r.Room.Name, part, CompareOptions.IgnoreCase) >= 0).ToList();
        if (all.Count == 0) return Texts.NoRooms(context);
        var shown = Listing.Of(
            all,
            r => Texts.Room(context, r),
            r => new JsonObject { ["room"] = r.Room.Name, ["topic"] = r.Topic, ["members"] = r.Members, ["private"] = r.Room.IsPrivate });
        return CommandResult.ToCaller(string.Join('\n', shown.WithRest(context, all.Count)), shown.Data);
    }
}
