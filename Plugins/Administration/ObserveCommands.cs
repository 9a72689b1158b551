using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Shows how the daemon is doing. The administrator's page is made of what these commands answer.</summary>
[CommandGroup("observar"), Alias("observe", "en"), Permission("daemon.observe", DefaultRole = Role.Admin)]
internal sealed class ObserveCommands(IDiagnostics diagnostics)
{
    /// <summary>
    /// Mostra a carga do servidor agora. Para programas, as medidas da última hora.
    /// <para xml:lang="en">Shows the daemon's load now. For programs, the measurements of the last hour.</para>
    /// </summary>
    [Command, Example("/observar"), Example("/observe")]
    public CommandResult Load(CommandContext context, [Option, Range(0, long.MaxValue), Alias("since", "en")] long? desde = null)
    {
        var samples = diagnostics.SamplesAfter(desde ?? 0);
        if (samples.Count == 0 && desde is null) return DiagnosticsTexts.NotYet(context);
        var text = samples.Count == 0 ? "" : DiagnosticsTexts.Load(context, samples[^1]);
        var rows = Listing.Of(desde is null ? samples.TakeLast(1) : samples, _ => "", LoadColumns.Row).Data;
        return CommandResult.ToCaller(text, new JsonObject
        {
            ["every"] = diagnostics.SampleInterval.TotalSeconds,
            ["columns"] = LoadColumns.Names,
            ["rows"] = rows,
            ["more"] = desde is not null && rows.Count < samples.Count,
        });
    }

    /// <summary>
    /// Mostra as contas e os convidados conectados.
    /// <para xml:lang="en">Shows accounts, and guests who are connected.</para>
    /// </summary>
    [Command("usuarios"), Alias("users", "en")]
    [Example("/observar usuarios"), Example("/observar usuarios bia"), Example("/observe users bia")]
    public async Task<CommandResult> UsersAsync(
        CommandContext context,
        [Length(64), Alias("text", "en")] string texto = "",
        [Option, Range(1, 500), Alias("count", "en")] int quantos = 100)
    {
        var users = await diagnostics.FindUsersAsync(texto.TrimStart('@'), quantos, context.Aborted);
        return users.Count == 0
            ? DiagnosticsTexts.NoUsers(context)
            : Listing.Of(users, user => DiagnosticsTexts.User(context, user), ToJson).ToCaller(context, users.Count);
    }

    /// <summary>
    /// Mostra cada configuração, o seu valor e de onde vem.
    /// <para xml:lang="en">Shows each setting, its value and its source.</para>
    /// </summary>
    [Command("ajustes"), Alias("settings", "en")]
    [Example("/observar ajustes"), Example("/observe settings")]
    public CommandResult Settings(CommandContext context)
    {
        var settings = diagnostics.Settings;
        var shown = Listing.Of(settings, setting => $"{setting.Key} = {setting.Value} ({setting.Source})", ToJson);
        return shown.ToCaller(context, settings.Count);
    }

    private static JsonObject ToJson(UserSummary user) => new()
    {
        ["user"] = user.User.Name,
        ["role"] = user.User.Role.ToString().ToLowerInvariant(),
        ["connections"] = user.Connections,
    };

    private static JsonObject ToJson(SettingSummary setting) => new()
    {
        ["setting"] = setting.Key,
        ["value"] = setting.Value,
        ["source"] = setting.Source,
    };
}
