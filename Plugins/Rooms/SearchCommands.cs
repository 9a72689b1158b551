using System.Globalization;
using System.Text.Json.Nodes;

namespace Chat.Plugins.Rooms;

/// <summary>Finds messages for users whose client has no search of its own. The daemon decides where they may look.</summary>
internal sealed class SearchCommands(ISearch search)
{
    /// <summary>Messages of a page: about as many lines as a terminal shows.</summary>
    private const int PageMessages = 10;

    /// <summary>
    /// Busca mensagens pelas palavras, nas suas salas e conversas ou em uma só sala, da mais recente à mais antiga. café* acha o que
    /// começa assim.
    /// <para xml:lang="en">
    /// Finds messages by their words, in your rooms and conversations or in one room, newest first. coffee* finds what begins so.
    /// </para>
    /// </summary>
    /// <param name="sala">só nesta sala<para xml:lang="en">only in this room</para></param>
    /// <param name="de">só de quem tem este nome<para xml:lang="en">only from the user of this name</para></param>
    /// <param name="antes">continua de onde a página anterior parou
    /// <para xml:lang="en">goes on where the last page ended</para></param>
    [Command("buscar"), Alias("search", "en"), Permission("message.search", DefaultRole = Role.Member)]
    [Example("/buscar café* cozinha"), Example("/buscar --sala geral --de bia senha do wifi")]
    [Example("/search --room lobby --from bia wifi password")]
    public async Task<CommandResult> SearchAsync(
        CommandContext context,
        [Option, Alias("room", "en")] Room? sala,
        [Option, Length(64), Alias("from", "en")] string? de,
        [Option, Length(64), Alias("before", "en")] string? antes,
        [Remainder, Length(400), Alias("words", "en")] string palavras)
    {
        var query = new MessageQuery(palavras) { Room = sala, From = de?.TrimStart('@'), Before = antes, Limit = PageMessages };
        var page = await search.FindAsync(query, context.Aborted);
        if (page.Messages.Count == 0) return SearchTexts.Nothing(context);
        var lines = page.Messages.Select(message => SearchTexts.Line(context, message, Excerpt.Of(message.Text, palavras)));
        if (page.Before is { } before) lines = lines.Append(SearchTexts.More(context, before));
        return CommandResult.ToCaller(string.Join('\n', lines), Data(page));
    }

    private static JsonObject Data(FoundMessages page) => new()
    {
        ["messages"] = new JsonArray([.. page.Messages.Select(message => new JsonObject
        {
            ["seq"] = message.Number,
            ["from"] = message.From,
            ["at"] = message.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["room"] = message.Room,
            ["with"] = message.With,
        })]),
        ["before"] = page.Before,
    };
}
