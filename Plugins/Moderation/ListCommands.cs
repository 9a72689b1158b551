using System.Text.Json.Nodes;

namespace Chat.Plugins.Moderation;

/// <summary>Lists who is banned or muted.</summary>
internal sealed class ListCommands(IModeration moderation, IRooms rooms)
{
    /// <summary>Mostra quem está banido.<para xml:lang="en">Shows who is banned.</para></summary>
    [Command("bans"), Alias("banidos"), Permission("user.ban", DefaultRole = Role.Moderator)]
    [Example("/bans")]
    public async Task<CommandResult> BansAsync(CommandContext context)
    {
        var bans = await moderation.ListBansAsync(context.Aborted);
        return bans.Count == 0
            ? CommandResult.ToCaller(Texts.NobodyBanned(context), new JsonArray())
            : Listing.Of(bans, ban => Texts.Ban(context, ban), ToJson).ToCaller(context, bans.Count);
    }

    /// <summary>
    /// Mostra quem não pode escrever nesta sala ou em nenhuma; com --todas, em todas as salas que você vê.
    /// <para xml:lang="en">Shows who is muted in this room or everywhere; with --all, in every room that you see.</para>
    /// </summary>
    [Command("mutes"), Alias("silenciados"), Permission("room.mute", DefaultRole = Role.Moderator)]
    [Example("/mutes"), Example("/mutes --todas"), Example("/mutes --all")]
    public async Task<CommandResult> MutesAsync(CommandContext context, [Flag, Alias("all", "en")] bool todas = false)
    {
        var mutes = await HereAsync(context);
        if (todas) mutes.AddRange(await ElsewhereAsync(context));
        if (mutes.Count == 0)
            return CommandResult.ToCaller(todas ? Texts.NobodyMuted(context) : Texts.NobodyMutedHere(context), new JsonArray());
        var shown = Listing.Of(
            mutes, one => Texts.Mute(context, one.Mute, todas ? one.Room : null), one => ToJson(one.Mute, one.Room));
        return shown.ToCaller(context, mutes.Count);
    }

    private async Task<List<(MuteSummary Mute, Room? Room)>> HereAsync(CommandContext context) =>
    [
        .. (await moderation.ListMutesAsync(context.Room, context.Aborted))
            .Select(mute => (mute, mute.IsEverywhere ? null : context.Room)),
    ];

    private async Task<List<(MuteSummary Mute, Room? Room)>> ElsewhereAsync(CommandContext context)
    {
        var found = new List<(MuteSummary, Room?)>();
        foreach (var (room, _, _) in await rooms.ListAsync(context.Aborted))
        {
            if (room.Id == context.Room?.Id) continue;
            var mutes = await moderation.ListMutesAsync(room, context.Aborted);
            found.AddRange(mutes.Where(mute => !mute.IsEverywhere).Select(mute => (mute, (Room?)room)));
        }
        return found;
    }

    private static JsonObject ToJson(BanSummary ban) => new()
    {
        ["target"] = ban.Target,
        ["network"] = ban.Network,
        ["seconds_left"] = (long?)ban.Left?.TotalSeconds,
        ["reason"] = ban.Reason,
        ["by"] = ban.By,
    };

    private static JsonObject ToJson(MuteSummary mute, Room? room) => new()
    {
        ["user"] = mute.User,
        ["room"] = room?.Name,
        ["seconds_left"] = (long)mute.Left.TotalSeconds,
        ["reason"] = mute.Reason,
        ["by"] = mute.By,
    };
}
