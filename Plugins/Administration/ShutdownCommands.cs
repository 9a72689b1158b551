namespace Chat.Plugins.Administration;

/// <summary>Shuts the daemon down, at once or after a countdown that every user sees.</summary>
[CommandGroup("encerrar"), Alias("shutdown", "en"), Permission("daemon.shutdown", DefaultRole = Role.Admin), Audit]
internal sealed class ShutdownCommands(IDaemonControl daemon)
{
    /// <summary>
    /// Encerra o servidor, agora ou depois de um tempo.
    /// <para xml:lang="en">Shuts the daemon down, now or after a delay.</para>
    /// </summary>
    [Command, Example("/encerrar"), Example("/encerrar 5m atualização"), Example("/shutdown"), Example("/shutdown 5m update")]
    public async Task<CommandResult> ShutdownAsync(
        CommandContext context,
        [Range("0s", "1d"), Alias("delay", "en")] TimeSpan espera = default,
        [Remainder, Length(200), Alias("reason", "en")] string motivo = "")
    {
        await daemon.ShutdownAsync(espera, motivo, context.Aborted);
        return espera == TimeSpan.Zero ? Texts.ShuttingDown(context) : Texts.ShuttingDownIn(context, espera);
    }

    /// <summary>
    /// Encerra um nó do cluster; se é o que atende, outro assume.
    /// <para xml:lang="en">Shuts down one node of the cluster; if it is the one that serves, another takes over.</para>
    /// </summary>
    [Command("nó"), Alias("no"), Alias("node", "en"), Example("/encerrar nó beta"), Example("/shutdown node beta")]
    public async Task<CommandResult> NodeAsync(CommandContext context, [Length(32), Alias("name", "en")] string nome) =>
        await daemon.ShutdownNodeAsync(nome, context.Aborted)
            ? Texts.NodeShuttingDown(context, nome)
            : CommandResult.Refuse("bad_arguments", Texts.NoSuchNode(context, nome));

    /// <summary>Cancela o encerramento programado.<para xml:lang="en">Cancels the scheduled shutdown.</para></summary>
    [Command("cancelar"), Alias("cancel", "en")]
    public async Task<CommandResult> CancelAsync(CommandContext context) =>
        await daemon.CancelShutdownAsync(context.Aborted)
            ? Texts.ShutdownCancelled(context)
            : CommandResult.Refuse("bad_arguments", Texts.NoShutdown(context));
}
