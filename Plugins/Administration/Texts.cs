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
            Count(plugin.Invocations, In(to, "chamadas", "invocations")), Count(plugin.Failures, In(to, "falhas", "failures")),
            plugin.Invocations == 0 ? null : $"{plugin.TotalTime.TotalMilliseconds:0} ms",
            Count(plugin.BypassedHooks, In(to, "ganchos ignorados", "hooks bypassed")),
            Count(plugin.Collected, In(to, "gerações descarregadas", "generations collected")), Count(plugin.Leaked, In(to, "gerações retidas na memória", "generations leaked")),
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
