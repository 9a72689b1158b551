using System.Globalization;
using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Shows who ran which audited command, and its outcome.</summary>
internal sealed class AuditCommands(IAudit audit)
{
    /// <summary>
    /// Lista os comandos auditados que foram executados, do mais recente ao mais antigo.
    /// <para xml:lang="en">Lists the audited commands that were run, newest first.</para>
    /// </summary>
    [Command("auditoria"), Alias("audit", "en"), Permission("audit.read", DefaultRole = Role.Admin)]
    [Example("/auditoria"), Example("/auditoria ana --comando \"conta criar\" --quantos 5"), Example("/audit ana --command kick --count 5")]
    public async Task<CommandResult> ReadAsync(
        CommandContext context,
        [Alias("user", "en")] string? usuário = null,
        [Option, Alias("command", "en")] string? comando = null,
        [Option, Range(1, 200), Alias("count", "en")] int quantos = 20)
    {
        var entries = await audit.ReadAsync(usuário?.TrimStart('@'), comando, quantos, context.Aborted);
        if (entries.Count == 0) return Texts.NoAudit(context);
        return Listing.Of(entries, Line, Node).ToCaller(context, entries.Count);
    }

    private static string Line(AuditedCommand entry)
    {
        var arguments = string.Concat(entry.Arguments.Select(a => $" {a.Key}={EscapedText.Quoted(a.Value)}"));
        var place = entry.Place is null ? "" : $" ({entry.Place})";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{At(entry):yyyy-MM-dd HH:mm:ss}Z {entry.Caller}{place} /{entry.Command}{arguments} → {EscapedText.Of(entry.Outcome)}");
    }

    private static JsonObject Node(AuditedCommand entry) => new()
    {
        ["at"] = JsonTimes.Of(entry.At),
        ["invocation"] = entry.InvocationId,
        ["caller"] = entry.Caller,
        ["command"] = entry.Command,
        ["place"] = entry.Place,
        ["outcome"] = entry.Outcome,
        ["milliseconds"] = (long)entry.Duration.TotalMilliseconds,
        ["arguments"] = new JsonObject(
            entry.Arguments.Select(a => KeyValuePair.Create<string, JsonNode?>(a.Key, EscapedText.Cut(a.Value)))),
    };

    private static DateTime At(AuditedCommand entry) => entry.At.UtcDateTime;
}
