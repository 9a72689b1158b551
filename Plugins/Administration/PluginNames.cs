namespace Chat.Plugins.Administration;

/// <summary>Suggests the existing plugins.</summary>
internal sealed class PluginNames(IPlugins plugins) : ISuggestions
{
    public ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. plugins.All.Select(p => p.Id).Distinct()]);
}
