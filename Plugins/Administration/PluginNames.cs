namespace Chat.Plugins.Administration;

/// <summary>Proposes the plugins that there are.</summary>
internal sealed class PluginNames(IPlugins plugins) : ISuggestions
{
    public ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. plugins.All.Select(p => p.Id).Distinct()]);
}
