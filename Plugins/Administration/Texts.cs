namespace Chat.Plugins.Administration;

/// <summary>What these commands answer, to each caller in its language.</summary>
internal static class Texts
{
    public static string ShuttingDown(CommandContext to) => In(to, "O servidor está encerrando.", "The server is shutting down.");

    public static string ShuttingDownIn(CommandContext to, TimeSpan delay) =>
        In(to, $"O servidor encerra em {DurationText.Format(delay)}. Para cancelar: /encerrar cancelar.", $"The server shuts down in {DurationText.Format(delay)}. To cancel: /shutdown cancel.");

    public static string ShutDownCancelled(CommandContext to) => In(to, "O encerramento foi cancelado.", "The shutdown is cancelled.");

    public static string NoShutDown(CommandContext to) => In(to, "Nenhum encerramento está em contagem.", "No shutdown is counting down.");

    public static string RoleGiven(CommandContext to, User user, Role role) =>
        In(to, $"O papel de {user} agora é {Word(to, role)}.", $"The role of {user} is now {Word(to, role)}.");

    public static string AccountCreated(CommandContext to, User account) => In(to, $"A conta {account} foi criada.", $"The account {account} is created.");

    public static string Invited(CommandContext to, string code, TimeSpan validFor) =>
        In(to, $"Código de convite: {code}. Vale para uma conta, por {DurationText.Format(validFor)}.", $"Invitation code: {code}. It is good for one account, for {DurationText.Format(validFor)}.");

    public static string PasswordChanged(CommandContext to) => In(to, "A sua senha foi trocada.", "Your password is changed.");

    /// <summary>One line: what it is, and the counts that are not zero.</summary>
    public static string Plugin(CommandContext to, PluginSummary plugin)
    {
        var counts = new[]
        {
            Count(plugin.Commands.Count, In(to, plugin.Commands.Count == 1 ? "comando" : "comandos", plugin.Commands.Count == 1 ? "command" : "commands")), Count(plugin.Invocations, In(to, plugin.Invocations == 1 ? "chamada" : "chamadas", plugin.Invocations == 1 ? "invocation" : "invocations")), Count(plugin.Failures, In(to, plugin.Failures == 1 ? "falha" : "falhas", plugin.Failures == 1 ? "failure" : "failures")),
            plugin.Invocations == 0 ? null : $"{plugin.TotalTime.TotalMilliseconds:0} ms",
            Count(plugin.BypassedHooks, In(to, "ganchos ignorados", "hooks bypassed")),
            Count(plugin.Collected, In(to, "descarregadas", "collected")), Count(plugin.Leaked, In(to, "retidas na memória", "leaked")),
        };
        var said = string.Join(", ", counts.OfType<string>());
        return $"{plugin.Id} {plugin.Version} — {State(to, plugin.State)}{(said.Length == 0 ? "" : $" ({said})")}{(plugin.Note is null ? "" : $": {plugin.Note}")}";
    }

    private static string? Count(long count, string what) => count == 0 ? null : $"{count} {what}";

    private static string State(CommandContext to, string state) => In(to, Portuguese(state), state);

    private static string Word(CommandContext to, Role role) => (to.Language, role) switch
    {
        ("en", _) => role.ToString().ToLowerInvariant(),
        (_, Role.Guest) => "convidado",
        (_, Role.Member) => "membro",
        (_, Role.Moderator) => "moderador",
        _ => "admin",
    };

    public static string PermissionGiven(CommandContext to, string permission, Role lowest, Room? room) =>
        In(to, $"{permission} agora é de {Word(to, lowest)} em diante{Where(to, room)}.", $"{permission} is now for {Word(to, lowest)} and above{Where(to, room)}.");

    public static string PermissionReset(CommandContext to, string permission, Room? room) =>
        In(to, $"{permission} voltou ao que era{Where(to, room)}.", $"{permission} is back to what it was{Where(to, room)}.");

    public static string NothingDecided(CommandContext to, string permission, Room? room) =>
        In(to, $"Nada foi decidido sobre {permission}{Where(to, room)}.", $"Nothing was decided about {permission}{Where(to, room)}.");

    public static string NoPermissions(CommandContext to) => In(to, "Nenhuma permissão começa assim.", "No permission begins so.");

    /// <param name="rule">Its role may be above all: then the settings take it from everybody.</param>
    public static string PermissionRule(CommandContext to, PermissionRule rule)
    {
        var role = Enum.IsDefined(rule.MinimumRole) ? Word(to, rule.MinimumRole) : In(to, "ninguém", "nobody");
        return $"{rule.Permission}{Where(to, rule.Room)}: {role} ({Source(to, rule.Source)})";
    }

    public static string NoAudit(CommandContext to) => In(to, "Não há registro assim.", "There is no such record.");

    public static string More(CommandContext to, int count) => In(to, $"… e mais {count}, que não cabem aqui.", $"… and {count} more, for which there is no room here.");

    private static string Where(CommandContext to, Room? room) => room is null ? "" : In(to, $" na sala {room}", $" in the room {room}");

    private static string Source(CommandContext to, string source) => source switch
    {
        "settings" => In(to, "das configurações", "from the settings"),
        "decided" => In(to, "decidido aqui", "decided here"),
        _ => In(to, "de origem", "as declared"),
    };

    private static string Portuguese(string state) => state switch
    {
        "discovered" => "encontrado",
        "inspected" => "inspecionado",
        "starting" => "iniciando",
        "active" => "ativo",
        "draining" => "terminando",
        "stopped" => "parado",
        "collected" => "descarregado",
        "faulted" => "com falha",
        "quarantined" => "em quarentena",
        "disabled" => "desativado",
        "leaked" => "retido na memória",
        _ => state,
    };

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
