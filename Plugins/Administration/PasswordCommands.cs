namespace Chat.Plugins.Administration;

/// <summary>Changes the caller's password. Guests have none.</summary>
internal sealed class PasswordCommands(IAccounts accounts)
{
    /// <summary>
    /// Troca a sua senha e encerra as suas outras sessões.
    /// <para xml:lang="en">Changes your password and ends your other sessions.</para>
    /// </summary>
    [Command("senha"), Alias("password", "en"), Permission("account.password", DefaultRole = Role.Member)]
    [RateLimit(5, perSeconds: 60), Deadline(15_000), Audit]
    public async Task<CommandResult> ChangeAsync(
        CommandContext context, [Secret, Alias("current", "en")] string atual, [Secret, Remainder, Alias("new", "en")] string nova)
    {
        await accounts.ChangePasswordAsync(atual, nova, context.Aborted);
        return Texts.PasswordChanged(context);
    }
}
