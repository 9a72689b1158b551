using System.Globalization;

namespace Chat.Plugins.Administration;

/// <summary>The answers of these commands, in the caller's language.</summary>
internal static class Texts
{
    public static string ShuttingDown(CommandContext to) => In(to, "O servidor está sendo encerrado.", "The daemon is shutting down.");

    public static string ShuttingDownIn(CommandContext to, TimeSpan delay) =>
        In(
            to,
            $"O servidor será encerrado em {DurationText.Format(delay)}. Para cancelar: /encerrar cancelar.",
            $"The daemon shuts down in {DurationText.Format(delay)}. To cancel: /shutdown cancel.");

    public static string NodeShuttingDown(CommandContext to, string node) =>
        In(to, $"O nó {node} está sendo encerrado.", $"The node {node} is shutting down.");

    public static string NoSuchNode(CommandContext to, string node) =>
        In(
            to,
            $"Nenhum nó do cluster se chama {node}. /nos mostra os nós.",
            $"No node of the cluster is called {node}. /nodes lists them.");

    public static string ShutdownCancelled(CommandContext to) => In(to, "Encerramento cancelado.", "Shutdown cancelled.");

    public static string NoShutdown(CommandContext to) => In(to, "Não há encerramento programado.", "No shutdown is scheduled.");

    public static string RoleGiven(CommandContext to, User user, Role role) =>
        In(to, $"O papel de {user} agora é {RoleWord(to, role)}.", $"The role of {user} is now {RoleWord(to, role)}.");

    public static string AccountCreated(CommandContext to, User account) =>
        In(to, $"Conta {account} criada.", $"Created the account {account}.");

    public static string Invited(CommandContext to, string code, TimeSpan validFor) =>
        In(
            to,
            $"Código de convite: {code}. Vale para uma conta por {DurationText.Format(validFor)}.",
            $"Invitation code: {code}. Valid for one account for {DurationText.Format(validFor)}.");

    public static string PasswordChanged(CommandContext to) => In(to, "Senha trocada.", "Password changed.");

    public static string Session(CommandContext to, AccountSession session)
    {
        var state = session.IsCallers ? In(to, "esta", "this one")
            : session.IsConnected ? In(to, "conectada", "connected")
            : In(to, $"vista por último em {At(session.LastSeen)}", $"last seen {At(session.LastSeen)}");
        return In(to, $"{session.Id} — {state}, desde {At(session.Began)}", $"{session.Id} — {state}, since {At(session.Began)}");
    }

    public static string MoreSessions(CommandContext to) =>
        In(to, "… e outras. /sessoes encerrar encerra todas menos esta.", "… and others. /sessions end ends all but this one.");

    public static string NoSessions(CommandContext to) => In(to, "Nenhuma sessão.", "No sessions.");

    public static string SessionsEnded(CommandContext to, int count) => count == 1
        ? In(to, "1 sessão encerrada.", "Ended 1 session.")
        : In(to, $"{count} sessões encerradas.", $"Ended {count} sessions.");

    public static string ThisSession(CommandContext to) =>
        In(to, "Você está nesta sessão. Para encerrá-la, saia do cliente.", "You are in this session. To end it, log out.");

    public static string NoSuchSession(CommandContext to, long session) => In(
        to,
        $"A sua conta não tem a sessão {session}. /sessoes mostra as que tem.",
        $"Your account has no session {session}. /sessions shows those that it has.");

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>One line with the state and the counts that are not zero.</summary>
    public static string Plugin(CommandContext to, PluginSummary plugin)
    {
        var counts = new[]
        {
            Count(plugin.Commands.Count, In(to, "comando", "command"), In(to, "comandos", "commands")),
            Count(plugin.Invocations, In(to, "chamada", "invocation"), In(to, "chamadas", "invocations")),
            Count(plugin.Failures, In(to, "falha", "failure"), In(to, "falhas", "failures")),
            plugin.Invocations == 0 ? null : $"{plugin.TotalTime.TotalMilliseconds:0} ms",
            Count(plugin.BypassedHooks, In(to, "filtro ignorado", "filter bypassed"), In(to, "filtros ignorados", "filters bypassed")),
            Count(plugin.Collected, In(to, "descarregada", "collected"), In(to, "descarregadas", "collected")),
            Count(plugin.Leaked, In(to, "retida na memória", "leaked"), In(to, "retidas na memória", "leaked")),
        };
        var said = string.Join(", ", counts.OfType<string>());
        var details = said.Length == 0 ? "" : $" ({said})";
        var note = plugin.Note is null ? "" : $": {plugin.Note}";
        return $"{plugin.Id} {plugin.Version} — {State(to, plugin.State)}{details}{note}";
    }

    private static string? Count(long count, string one, string many) => count == 0 ? null : $"{count} {(count == 1 ? one : many)}";

    private static string State(CommandContext to, string state) => In(to, Portuguese(state), state);

    public static string RoleWord(CommandContext to, Role role) => In(to, Portuguese(role), role.ToString().ToLowerInvariant());

    private static string Portuguese(Role role) => role switch
    {
        Role.Guest => "convidado",
        Role.Member => "membro",
        Role.Moderator => "moderador",
        _ => "admin",
    };

    public static string PermissionGiven(CommandContext to, string permission, Role minimumRole, Room? room) =>
        In(
            to,
            $"{permission} agora exige o papel {RoleWord(to, minimumRole)}{Where(to, room)}.",
            $"{permission} now requires the role {RoleWord(to, minimumRole)}{Where(to, room)}.");

    public static string PermissionReset(CommandContext to, string permission, Room? room) =>
        In(to, $"{permission} voltou ao padrão{Where(to, room)}.", $"{permission} is back to its default{Where(to, room)}.");

    public static string AlreadyDefault(CommandContext to, string permission, Room? room) =>
        In(to, $"{permission} já está no padrão{Where(to, room)}.", $"{permission} is already at its default{Where(to, room)}.");

    public static string NoPermissions(CommandContext to) =>
        In(to, "Nenhuma permissão começa com esse texto.", "No permission starts with this text.");

    /// <param name="rule">Its role may be above every role: then nobody has the permission.</param>
    public static string PermissionRule(CommandContext to, PermissionRule rule)
    {
        var role = Enum.IsDefined(rule.MinimumRole) ? RoleWord(to, rule.MinimumRole) : In(to, "ninguém", "nobody");
        return $"{rule.Permission}{Where(to, rule.Room)}: {role} ({Source(to, rule.Source)})";
    }

    public static string NoAudit(CommandContext to) => In(to, "Nenhum registro encontrado.", "No entries found.");

    private static string Where(CommandContext to, Room? room) => room is null ? "" : In(to, $" na sala {room}", $" in the room {room}");

    private static string Source(CommandContext to, string source) => source switch
    {
        "settings" => In(to, "das configurações", "from the settings"),
        "decided" => In(to, "definido por comando", "set by command"),
        _ => In(to, "padrão", "default"),
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
