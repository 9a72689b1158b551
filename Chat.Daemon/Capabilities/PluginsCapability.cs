using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Sessions;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IPlugins"/>
internal sealed class PluginsCapability(
    Attachment caller, CommandContext context, CommandRegistry commandRegistry, PluginSupervisor supervisor, HookMetrics metrics)
    : IPlugins
{
    public IReadOnlyList<PluginSummary> All => supervisor.PluginsIn(context.Language);

    public IReadOnlyList<PluginSwapSummary> Swaps => supervisor.SwapsIn(context.Language);

    public IReadOnlyList<HookSummary> Hooks => metrics.Summaries;

    public Task<PluginSummary> ReloadAsync(string id, CancellationToken cancellation) => ApplyAsync(PluginAction.Reload, id, cancellation);

    public Task<PluginSummary> DisableAsync(string id, CancellationToken cancellation)
    {
        var own = commandRegistry.Current.Catalogue.Find(context.Command)?.Owner.Id;
        if (string.Equals(own, id, StringComparison.OrdinalIgnoreCase)) throw Refused(PluginRefusal.OwnPlugin, id, null);
        return ApplyAsync(PluginAction.Disable, id, cancellation);
    }

    public Task<PluginSummary> EnableAsync(string id, CancellationToken cancellation) => ApplyAsync(PluginAction.Enable, id, cancellation);

    public Task<PluginSummary> RollbackAsync(string id, CancellationToken cancellation) =>
        ApplyAsync(PluginAction.RollBack, id, cancellation);

    private async Task<PluginSummary> ApplyAsync(PluginAction action, string id, CancellationToken cancellation)
    {
        var result = await supervisor.ApplyAsync(action, id, context.Language, cancellation);
        if (result.Code is { } code) throw Refused(code, id, result.Reason);
        return result.Plugin ?? throw Refused(PluginRefusal.NoSuchPlugin, id, null);
    }

    private RefusalException Refused(string code, string id, string? reason)
    {
        var text = caller.Texts.PluginRefused(code, id);
        return new(code, reason is null ? text : $"{text} {reason}");
    }
}
