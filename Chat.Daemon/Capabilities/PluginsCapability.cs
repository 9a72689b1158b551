using Chat.Daemon.Commands;
using Chat.Daemon.Sessions;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IPlugins"/>
internal sealed class PluginsCapability(Attachment caller, CommandContext context, CommandRegistry commands, IPluginInventory inventory) : IPlugins
{
    public IReadOnlyList<PluginSummary> All => inventory.PluginsIn(context.Language);

    public Task<PluginSummary> ReloadAsync(string id, CancellationToken cancellation) => OrderAsync(PluginOrder.Reload, id, cancellation);

    public Task<PluginSummary> DisableAsync(string id, CancellationToken cancellation)
    {
        var own = commands.Current.Catalogue.Find(context.Command)?.Owner.Id;
        if (string.Equals(own, id, StringComparison.OrdinalIgnoreCase)) throw Refused(PluginRefusal.OwnPlugin, id, null);
        return OrderAsync(PluginOrder.Disable, id, cancellation);
    }

    public Task<PluginSummary> EnableAsync(string id, CancellationToken cancellation) => OrderAsync(PluginOrder.Enable, id, cancellation);

    public Task<PluginSummary> RollbackAsync(string id, CancellationToken cancellation) => OrderAsync(PluginOrder.RollBack, id, cancellation);

    private async Task<PluginSummary> OrderAsync(PluginOrder order, string id, CancellationToken cancellation)
    {
        var outcome = await inventory.OrderAsync(order, id, context.Language, cancellation);
        if (outcome.Code is { } code) throw Refused(code, id, outcome.Reason);
        return outcome.Plugin ?? throw Refused(PluginRefusal.NoSuchPlugin, id, null);
    }

    private RefusalException Refused(string code, string id, string? reason) =>
        new(code, reason is null ? caller.Texts.PluginRefused(code, id) : $"{caller.Texts.PluginRefused(code, id)} {reason}");
}
