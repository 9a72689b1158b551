using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Administration;

/// <summary>Ends the daemon, at once or after a countdown that everybody is told of.</summary>
internal sealed class ShutdownCommands(IDaemonControl daemon)
{
    private const string Permission = "daemon.shutdown";

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<ShutdownCommands>();
        plugin.Command("encerrar", (context, scope, values) =>
                scope.GetRequiredService<ShutdownCommands>().ShutDownAsync(context, values.Get<TimeSpan>(0), values.Get<string>(1)))
            .Alias("shutdown", "en").Permission(Permission, Role.Admin).Audit()
            .Summary("pt-BR", "Encerra o servidor, agora ou depois de uma espera.").Summary("en", "Shuts the server down, now or after a delay.")
            .Argument("espera", ParameterType.Duration, p => p with { Required = false, Default = TimeSpan.Zero, Max = TimeSpan.FromDays(1).TotalSeconds })
            .Remainder("motivo", p => p with { Required = false, Default = "", MaxLength = 200 })
            .Example("/encerrar").Example("/encerrar 5m atualização");
        plugin.Command("encerrar cancelar", (context, scope, _) => scope.GetRequiredService<ShutdownCommands>().CancelAsync(context))
            .Alias("shutdown cancel", "en").Permission(Permission, Role.Admin).Audit()
            .Summary("pt-BR", "Cancela o encerramento que está em contagem.").Summary("en", "Cancels the shutdown that is counting down.");
    }

    private async ValueTask<CommandResult> ShutDownAsync(CommandContext context, TimeSpan delay, string reason)
    {
        await daemon.ShutDownAsync(delay, reason, context.Aborted);
        return delay == TimeSpan.Zero ? Texts.ShuttingDown(context) : Texts.ShuttingDownIn(context, delay);
    }

    private async ValueTask<CommandResult> CancelAsync(CommandContext context) =>
        await daemon.CancelShutDownAsync(context.Aborted) ? Texts.ShutDownCancelled(context) : CommandResult.Refuse("bad_arguments", Texts.NoShutDown(context));
}
