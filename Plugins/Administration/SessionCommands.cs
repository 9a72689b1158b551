using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Shows where an account is logged in, and ends its sessions.</summary>
[CommandGroup("sessoes"), Alias("sessions", "en")]
internal sealed class SessionCommands(IAccounts accounts)
{
    private const int MostShown = 50;

    /// <summary>
    /// Mostra onde a sua conta está conectada ou ainda pode entrar sem senha.
    /// <para xml:lang="en">Shows where your account is connected, or can still log in without a password.</para>
    /// </summary>
    [Command, Permission("account.session", DefaultRole = Role.Member)]
    [Example("/sessoes"), Example("/sessions")]
    public Task<CommandResult> ListAsync(CommandContext context) => ListAsync(context, context.Caller);

    /// <summary>
    /// Encerra uma das suas sessões; sem número, todas menos esta.
    /// <para xml:lang="en">Ends one of your sessions; without a number, all but this one.</para>
    /// </summary>
    [Command("encerrar"), Alias("end", "en"), Permission("account.session", DefaultRole = Role.Member), Audit]
    [Example("/sessoes encerrar"), Example("/sessoes encerrar 17"), Example("/sessions end 17")]
    public async Task<CommandResult> EndAsync(CommandContext context, [Alias("session", "en")] long? sessão = null)
    {
        if (sessão is not { } id) return Texts.SessionsEnded(context, await accounts.EndSessionsAsync(context.Caller, context.Aborted));
        var all = await accounts.ListSessionsAsync(context.Caller, int.MaxValue, context.Aborted);
        if (all.Any(session => session.Id == id && session.IsCallers))
            throw new RefusalException("bad_arguments", Texts.ThisSession(context));
        return await accounts.EndSessionAsync(context.Caller, id, context.Aborted)
            ? Texts.SessionsEnded(context, 1)
            : throw new RefusalException("bad_arguments", Texts.NoSuchSession(context, id));
    }

    /// <summary>Mostra as sessões de outra conta.<para xml:lang="en">Shows another account's sessions.</para></summary>
    [Command("de"), Alias("of", "en"), Permission("session.manage", DefaultRole = Role.Admin)]
    [Example("/sessoes de bia"), Example("/sessions of bia")]
    public Task<CommandResult> ListOfAsync(CommandContext context, [Alias("user", "en")] User usuário) => ListAsync(context, usuário);

    /// <summary>
    /// Encerra todas as sessões de uma conta, que então só entra com a senha.
    /// <para xml:lang="en">Ends all sessions of an account, which then needs its password to log in.</para>
    /// </summary>
    [Command("revogar"), Alias("revoke", "en"), Permission("session.manage", DefaultRole = Role.Admin), Audit]
    [Example("/sessoes revogar bia"), Example("/sessions revoke bia")]
    public async Task<CommandResult> RevokeAsync(CommandContext context, [Alias("user", "en")] User usuário) =>
        Texts.SessionsEnded(context, await accounts.EndSessionsAsync(usuário, context.Aborted));

    private async Task<CommandResult> ListAsync(CommandContext context, User account)
    {
        var sessions = await accounts.ListSessionsAsync(account, MostShown + 1, context.Aborted);
        if (sessions.Count == 0) return Texts.NoSessions(context);
        var lines = sessions.Take(MostShown).Select(session => Texts.Session(context, session)).ToList();
        if (sessions.Count > MostShown) lines.Add(Texts.MoreSessions(context));
        return CommandResult.ToCaller(string.Join('\n', lines), new JsonArray([.. sessions.Take(MostShown).Select(Node)]));
    }

    private static JsonObject Node(AccountSession session) => new()
    {
        ["session"] = session.Id,
        ["began"] = JsonTimes.Of(session.Began),
        ["seen"] = JsonTimes.Of(session.LastSeen),
        ["connected"] = session.IsConnected,
        ["current"] = session.IsCallers,
    };
}
