namespace Chat.Plugins.Administration;

/// <summary>Creates accounts, and invitations to create one.</summary>
[CommandGroup("conta"), Alias("account", "en"), Audit]
internal sealed class AccountCommands(IAccounts accounts)
{
    /// <summary>Cria uma conta.<para xml:lang="en">Creates an account.</para></summary>
    // Password hashing is queued, so it may take longer than the default deadline.
    [Command("criar"), Alias("create", "en"), Permission("account.create", DefaultRole = Role.Admin), Deadline(15_000)]
    [Example("/conta criar bia --papel moderador cavalo bateria grampo")]
    [Example("/account create bia --role moderator horse battery staple")]
    public async Task<CommandResult> CreateAsync(
        CommandContext context,
        [Alias("name", "en")] string nome,
        [Secret, Remainder, Alias("password", "en")] string senha, // the rest of the line: no word of it lands in another parameter
        [Option, Alias("role", "en")] AccountRole papel = AccountRole.Member) =>
        Texts.AccountCreated(context, await accounts.CreateAsync(nome, senha, (Role)papel, context.Aborted));

    /// <summary>Gera um código de convite para uma conta.<para xml:lang="en">Creates an invitation code for one account.</para></summary>
    [Command("convidar"), Alias("invite", "en"), Permission("account.invite", DefaultRole = Role.Admin)]
    [Example("/conta convidar 2d"), Example("/account invite 2d")]
    public async Task<CommandResult> InviteAsync(
        CommandContext context, [Default("7d"), Range("1m", "365d"), Alias("validity", "en")] TimeSpan validade) =>
        Texts.Invited(context, await accounts.InviteAsync(validade, context.Aborted), validade);
}
