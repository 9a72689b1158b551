namespace Chat.Plugins.Administration;

/// <summary>Changes an account's role.</summary>
internal sealed class RoleCommands(IAccounts accounts)
{
    /// <summary>Dá um papel a uma conta.<para xml:lang="en">Gives an account a role.</para></summary>
    [Command("papel"), Alias("role", "en"), Permission("account.role", DefaultRole = Role.Admin), Audit]
    [Example("/papel bia moderador"), Example("/role bia moderator")]
    public async Task<CommandResult> SetAsync(
        CommandContext context, [Alias("user", "en")] User usuário, [Alias("role", "en")] AccountRole papel)
    {
        await accounts.SetRoleAsync(usuário, (Role)papel, context.Aborted);
        return Texts.RoleGiven(context, usuário, (Role)papel);
    }
}
