using Chat.Plugins.Webhooks.Outgoing;

namespace Chat.Plugins.Webhooks.Commands;

/// <summary>Suggests the ids of the webhooks.</summary>
internal sealed class HookIds(HookTable hooks) : ISuggestions
{
    public async ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed)
    {
        var incoming = (await hooks.IncomingAsync(context.Aborted)).Values.Select(hook => hook.Id);
        var outgoing = (await hooks.OutgoingAsync(context.Aborted)).Keys;
        return [.. incoming.Concat(outgoing).Where(id => id.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Order()];
    }
}
